import { Random } from '@shoal/core';

/** Which points each step sees: all of them, in a new order each time around, by the seed and the step alone. */
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

  /** Steps it takes to see all points once. */
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
