import { Random } from '@shoal/core';

/**
 * Which points each step uses: all points in turn, in a new order in each pass. It depends only on the seed and the
 * step.
 */
export class BatchOrder {
  readonly #batchSize: number;
  readonly #seed: number;
  readonly #order: Uint32Array;
  #round = -1;

  constructor(rows: number, batchSize: number, seed: number) {
    this.#order = new Uint32Array(rows);
    this.#batchSize = batchSize;
    this.#seed = seed;
  }

  /** Number of steps of a pass over all points. */
  get batches(): number {
    return Math.ceil(this.#order.length / this.#batchSize);
  }

  rowsOf(step: number): Uint32Array {
    const round = Math.floor(step / this.batches);
    if (round !== this.#round) {
      this.#round = round;
      this.#order.forEach((_, i) => (this.#order[i] = i));
      const random = new Random(this.#seed);
      for (let i = 0; i < round; i++) random.uint32();
      new Random(random.uint32()).shuffle(this.#order);
    }
    const start = (step % this.batches) * this.#batchSize;
    return this.#order.subarray(start, Math.min(this.#order.length, start + this.#batchSize));
  }
}
