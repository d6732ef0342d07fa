import type { Random } from '@shoal/core';

/** Draws the random numbers of garments. */
export class Chance {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A number in [low, high), all equally likely. */
  within(low: number, high: number): number {
    return low + (high - low) * this.#random.uniform();
  }

  /** A number in [low, high), more often near the middle: the mean of two draws. */
  around(low: number, high: number): number {
    return (this.within(low, high) + this.within(low, high)) / 2;
  }

  /** True in the given share of cases. */
  happens(share: number): boolean {
    return this.#random.uniform() < share;
  }

  /** One of the items, all equally likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.#random.integer(items.length)];
  }

  /** Four bytes of grain: 32 random bits. */
  bits(): number {
    return this.#random.uint32();
  }
}
