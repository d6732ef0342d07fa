import { add, keep, scalar, type Scalar } from '@tensorflow/tfjs-core';
import type { TensorBackend } from '../backend/tensor-backend.ts';

/** Adds up losses on the device, so that the host waits for it once per epoch, not per batch. */
export class MeanLoss {
  readonly #backend: TensorBackend;
  #total: Scalar;
  #values = 0;

  constructor(backend: TensorBackend) {
    this.#backend = backend;
    this.#total = backend.run(() => scalar(0));
  }

  /** Adds the sum of the losses of `values` values; call it inside `TensorBackend.run`. */
  add(total: Scalar, values: number): void {
    const before = this.#total;
    this.#total = keep(add(before, total));
    before.dispose();
    this.#values += values;
  }

  /** The mean over all values so far. */
  async read(): Promise<number> {
    const [total] = await this.#backend.read(this.#total);
    return total / this.#values;
  }

  dispose(): void {
    if (!this.#backend.destroyed) this.#total.dispose();
  }
}
