import type {
  CovarianceType,
  DeviceLabels,
  EmIteration,
  GaussianMixtureParameters,
  GaussianMixtureSession,
  GaussianMixtureSessionOptions,
  Points,
  ResponsibilitySource,
} from '@shoal/core';
import { Destroyable } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { WebGpuGaussianMixtureSession, type MixtureState } from './session.ts';
import { Recoverable } from '../../recovery/recoverable.ts';

/** What a session is restored from. */
interface Kept {
  state?: MixtureState;
  /** Whether labels and likelihoods belong to it. */
  evaluated: boolean;
}

/**
 * A Gaussian mixture on the engine's device, whichever that is. Its state is read back after each batch of iterations,
 * in the bits the device has: means, and covariances in pairs of floats.
 */
export class RecoverableGaussianMixtureSession extends Destroyable implements GaussianMixtureSession {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  readonly #recoverable: Recoverable<WebGpuGaussianMixtureSession>;
  readonly #kept: Kept;

  private constructor(recoverable: Recoverable<WebGpuGaussianMixtureSession>, kept: Kept) {
    super();
    const { session } = recoverable;
    ({ rows: this.rows, columns: this.columns, components: this.components } = session);
    this.covarianceType = session.covarianceType;
    this.#recoverable = recoverable;
    this.#kept = kept;
  }

  /** Throws as `WebGpuGaussianMixtureSession.create` does. */
  static async open(
    device: EngineDevice,
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<RecoverableGaussianMixtureSession> {
    const kept: Kept = { evaluated: false };
    const recoverable = await Recoverable.open(device, {
      what: 'mixture',
      points,
      signal: options.signal,
      open: (context) => WebGpuGaussianMixtureSession.create(context, points, options),
      restore: async (session) => {
        if (kept.state) await session.writeState(kept.state);
        if (kept.evaluated) await session.evaluate();
      },
    });
    return new RecoverableGaussianMixtureSession(recoverable, kept);
  }

  initialize(source: ResponsibilitySource): Promise<void> {
    return this.#change((session) => session.initialize(source));
  }

  writeParameters(parameters: GaussianMixtureParameters): Promise<void> {
    return this.#change((session) => session.writeParameters(parameters));
  }

  readParameters(): Promise<GaussianMixtureParameters> {
    return this.#recoverable.run((session) => session.readParameters());
  }

  step(count: number, tolerance: number): Promise<readonly EmIteration[]> {
    return this.#change((session) => session.step(count, tolerance));
  }

  evaluate(): Promise<EmIteration> {
    return this.#recoverable.run(async (session) => {
      const evaluation = await session.evaluate();
      this.#kept.evaluated = true;
      return evaluation;
    });
  }

  readLabels(): Promise<Uint32Array> {
    return this.#recoverable.run((session) => session.readLabels());
  }

  labelsOnDevice(): Promise<DeviceLabels> {
    return this.#recoverable.run((session) => session.labelsOnDevice());
  }

  readLogLikelihoods(): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.readLogLikelihoods());
  }

  responsibilities(start: number, count: number): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.responsibilities(start, count));
  }

  destroy(): void {
    this.#recoverable.destroy();
  }

  /** A call after which parameters are others. */
  #change<T>(call: (session: WebGpuGaussianMixtureSession) => Promise<T>): Promise<T> {
    return this.#recoverable.run(async (session) => {
      const result = await call(session);
      if (this.#recoverable.prepared) {
        this.#kept.state = await session.readState();
        this.#kept.evaluated = false;
      }
      return result;
    });
  }
}
