import type { Points } from '@shoal/core';
import type { DataTypeMap, NumericDataType, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/**
 * A TensorFlow.js backend. TensorFlow.js has one current backend per process, so every computation goes
 * through `run`, which makes this one current first: several fits may then take turns at every `await`.
 */
export interface TensorBackend extends Disposable {
  readonly name: 'wasm' | 'webgpu';
  /** The number of CPU threads that compute; 1 when a GPU computes. */
  readonly threads: number;
  /** Whether `destroy()` was called. */
  readonly destroyed: boolean;
  /**
   * Whether a product with a transposed matrix is faster as a transposition followed by a plain product;
   * see docs/decisions/0031-explicit-transposes-on-wasm.md.
   */
  readonly explicitTransposes: boolean;

  /**
   * Runs synchronous tensor code here. Tensors that it makes are freed, except variables
   * and those it keeps or returns, alone or within a plain object or array.
   *
   * @throws {StateError} after `destroy()`, or when the device was destroyed
   * @throws {DeviceError} when the device was lost
   */
  run<Result>(compute: () => Result): Result;

  /** Copies a tensor's values to the host, as they were at the time of the call; throws as `run` does. */
  read<Type extends NumericDataType = 'float32'>(values: Tensor): Promise<DataTypeMap[Type]>;

  /** Gives the event loop a turn and waits until the device has done its queued work; throws as `run` does. */
  settle(): Promise<void>;

  /**
   * Room for `rows` x `columns` results that stay where this backend computes.
   *
   * @throws {UnsupportedError} when they exceed the largest buffer of the device
   */
  createRowSink(rows: number, columns: number): RowSink;

  /** Frees the backend when nobody else uses it. Calling it twice is harmless. */
  destroy(): void;
}

/** Collects rows, batch by batch, as points on the host (wasm) or on the device (WebGPU). */
export interface RowSink {
  /** Appends the rows of a (batch x columns) tensor; call it inside `TensorBackend.run`. */
  append(rows: Tensor2D): void;
  /** The collected points; the caller owns them. */
  finish(): Points;
  /** Frees the collected rows; call it when there will be no `finish`. */
  discard(): void;
}
