/**
 * Base class of every error that Shoal throws on purpose. The message says what was wrong, the value seen and what to
 * do; `code` is stable, for programs.
 */
export abstract class ShoalError extends Error {
  /** Stable, machine-readable kind of the error. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An option or argument is out of its range or of the wrong kind. */
export class InvalidArgumentError extends ShoalError {
  readonly code = 'INVALID_ARGUMENT';
}

/** Two arrays that belong together disagree in shape, or a shape is impossible. */
export class ShapeError extends ShoalError {
  readonly code = 'SHAPE';
}

/** Values that cannot be clustered: NaN, infinities, or degenerate data. */
export class DataError extends ShoalError {
  readonly code = 'DATA';
}

/** A covariance is not positive definite, so its precision does not exist. */
export class SingularCovarianceError extends ShoalError {
  readonly code = 'SINGULAR_COVARIANCE';
  /** Index of the mixture component whose covariance failed. */
  readonly component: number;

  constructor(component: number, message: string) {
    super(message);
    this.component = component;
  }
}

/** The engine, device or runtime lacks what was asked of it. */
export class UnsupportedError extends ShoalError {
  readonly code = 'UNSUPPORTED';
}

/** The device failed: it was lost, ran out of memory, or refused a command. */
export class DeviceError extends ShoalError {
  readonly code = 'DEVICE';
  /** What the device reported. */
  readonly reason: 'lost' | 'out-of-memory' | 'validation' | 'internal';

  constructor(reason: DeviceError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A session, model or engine was used after `destroy()` or before it was ready. */
export class StateError extends ShoalError {
  readonly code = 'STATE';
}
