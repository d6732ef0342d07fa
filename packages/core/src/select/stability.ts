import { InvalidArgumentError } from '../errors.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import type { Labels } from '../metrics/labels.ts';

/** How much several clusterings of the same points are alike. */
export interface Stability {
  /** Adjusted Rand index of every pair, R x R, with ones on the diagonal. */
  readonly agreement: readonly Float64Array[];
  /** Mean agreement of each with all others, R values. */
  readonly perRun: Float64Array;
  /** Mean over all pairs, and their standard deviation. */
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Stability of a partition: how much clusterings found from different seeds agree, by the adjusted Rand index of each pair.
 * What data do not hold, chance decides, and differs from run to run (Ben-Hur, Elisseeff & Guyon, "A stability based method
 * for discovering structure in clustered data", PSB 2002). It needs no classes. A partition can be stable and wrong.
 *
 * @param partitions at least two, each with one label per point
 * @throws {InvalidArgumentError} for fewer than two
 * @throws {ShapeError} when they differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function stability(partitions: readonly Labels[]): Stability {
  const runs = partitions.length;
  if (runs < 2) {
    throw new InvalidArgumentError(`Stability compares at least two partitions; got ${runs}.`);
  }
  const agreement = Array.from({ length: runs }, () => new Float64Array(runs).fill(1));
  const pairs: number[] = [];
  for (let i = 0; i < runs; i++) {
    for (let j = 0; j < i; j++) {
      const index = adjustedRandIndex(partitions[i], partitions[j]);
      agreement[i][j] = index;
      agreement[j][i] = index;
      pairs.push(index);
    }
  }
  const perRun = Float64Array.from(agreement, (row) => (sum(row) - 1) / (runs - 1));
  const mean = sum(pairs) / pairs.length;
  const variance = sum(pairs.map((index) => (index - mean) ** 2)) / pairs.length;
  return { agreement, perRun, mean, deviation: Math.sqrt(variance) };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
