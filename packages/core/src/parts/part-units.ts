import type { PartTotals, WholePoints } from '../engine/kmeans/part-session.ts';

/** Bits of an integer that sums may fill: one less than a signed 64-bit integer has, for rounding. */
const BITS = 62;
/** Powers of two beyond which steps stay normal doubles. */
const GREATEST_EXPONENT = 900;

/** Sums over points, in float64. */
export interface PartSums {
  /** Sums of weights. */
  readonly weights: Float64Array;
  /** Weighted sums of the columns, less those of the center; one or more rows of them. */
  readonly first: Float64Array;
  /** Sums that are not negative, and not greater than the bound of squared distances. */
  readonly squares: Float64Array;
}

/**
 * The units of sums of parts: each is rounded to an integer number of them, so that sums of parts add up without rounding, to
 * the same bits in any order. The sums of a part are rounded once, by less than float64 does.
 */
export class PartUnits {
  /** A bound of the sum of weighted distances to any point, over all points. */
  readonly seedBound: number;
  readonly #weight: number;
  readonly #first: Float64Array;
  readonly #square: number;
  readonly #columns: number;

  constructor({ rows, least, greatest, greatestWeight }: WholePoints, center: Float64Array) {
    const total = rows * greatestWeight;
    const reach = center.map((value, j) =>
      Math.max(Math.abs(least[j] - value), Math.abs(greatest[j] - value)),
    );
    this.seedBound = 4 * reach.reduce((sum, value) => sum + value * value, 0) * total;
    this.#columns = center.length;
    this.#weight = unitOf(total);
    this.#first = reach.map((value) => unitOf(value * total));
    this.#square = unitOf(this.seedBound);
  }

  /** Weights, sums of columns, and squares, each of these as two integers: the second is for what the first leaves out. */
  totalsOf({ weights, first, squares }: PartSums): PartTotals {
    const totals = new BigInt64Array(weights.length + first.length + 2 * squares.length);
    let at = 0;
    for (const weight of weights) totals[at++] = BigInt(Math.round(weight / this.#weight));
    for (let i = 0; i < first.length; i++) {
      totals[at++] = BigInt(Math.round(first[i] / this.#first[i % this.#columns]));
    }
    for (const square of squares) {
      const most = Math.round(square / this.#square);
      totals[at++] = BigInt(most);
      totals[at++] = BigInt(Math.round((square - most * this.#square) / this.#fine));
    }
    return totals;
  }

  /**
   * The sums of all parts from their added totals.
   *
   * @param lengths of the sums
   */
  sumsOf(
    totals: PartTotals,
    { weights, first, squares }: { readonly [Key in keyof PartSums]: number },
  ): PartSums {
    const afterFirst = weights + first;
    return {
      weights: Float64Array.from({ length: weights }, (_, i) => Number(totals[i]) * this.#weight),
      first: Float64Array.from(
        { length: first },
        (_, i) => Number(totals[weights + i]) * this.#first[i % this.#columns],
      ),
      squares: Float64Array.from(
        { length: squares },
        (_, i) =>
          Number(totals[afterFirst + 2 * i]) * this.#square +
          Number(totals[afterFirst + 2 * i + 1]) * this.#fine,
      ),
    };
  }

  get #fine(): number {
    return this.#square * 2 ** -(BITS - 2);
  }
}

/** The power of two of which no more than 2^62 make up a bound. */
function unitOf(bound: number): number {
  const exponent = bound > 0 ? Math.ceil(Math.log2(bound)) - BITS : -BITS;
  return 2 ** Math.min(GREATEST_EXPONENT, Math.max(-GREATEST_EXPONENT, exponent));
}
