import type { Random } from '@shoal/core';
import { add, reshape, slice, tensor1d, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorBackend } from '../backend/tensor-backend.ts';

/** Length of the pool, in batches. */
const BATCHES = 4;

/**
 * Gaussian noise for inputs. Drawing a normal number for every input of every epoch would cost more than the network
 * (see docs/decisions/0032-noise-from-a-pool.md), so numbers are drawn once and kept on the device, and each batch gets
 * a part of them from a random position.
 */
export class NoisePool {
  readonly #values: Tensor1D;
  readonly #random: Random;

  /**
   * @param deviation standard deviation, > 0
   * @param batchValues greatest number of values of a batch
   */
  constructor(deviation: number, batchValues: number, random: Random, backend: TensorBackend) {
    const values = new Float32Array(BATCHES * batchValues);
    for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
    this.#values = backend.run(() => tensor1d(values));
    this.#random = random;
  }

  /** `batch` with new noise added; call it inside `TensorBackend.run`. */
  addTo(batch: Tensor2D): Tensor2D {
    return add(batch, reshape(slice(this.#values, this.#draw(batch.size), batch.size), batch.shape));
  }

  /** Skips the noise of a batch of that many values. */
  skip(values: number): void {
    this.#draw(values);
  }

  /** The position in the pool where the next part starts. */
  #draw(values: number): number {
    return this.#random.integer(this.#values.size - values + 1);
  }

  dispose(): void {
    this.#values.dispose();
  }
}
