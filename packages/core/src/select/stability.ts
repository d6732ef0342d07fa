import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { tabulate } from '../metrics/contingency.ts';
import { encodeLabels, type EncodedLabels, type Labels } from '../metrics/labels.ts';

/** How much several clusterings of the same points agree. */
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
 * Stability of a partition: how much clusterings found from different seeds agree, by the adjusted Rand index of each
 * pair. Structure that is not in the data is decided by chance, and differs from run to run (Ben-Hur, Elisseeff &
 * Guyon, "A stability based method for discovering structure in clustered data", PSB 2002). It needs no classes. A
 * partition can be stable and wrong.
 *
 * @param partitions at least two, each with one label per point
 * @throws {InvalidArgumentError} for fewer than two
 * @throws {ShapeError} when they differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function stability(partitions: readonly Labels[]): Stability {
  return stabilityOf(encodePartitions(partitions));
}

/** `stability` of partitions that are encoded. */
export function stabilityOf(partitions: readonly EncodedLabels[]): Stability {
  const runs = partitions.length;
  const agreement = Array.from({ length: runs }, () => new Float64Array(runs).fill(1));
  const pairs: number[] = [];
  for (let i = 0; i < runs; i++) {
    for (let j = 0; j < i; j++) {
      const index = adjustedRandIndex.fromContingency(tabulate(partitions[i], partitions[j]));
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

/**
 * Labels of several clusterings as codes, each encoded once for all comparisons.
 *
 * @throws {InvalidArgumentError} for fewer than two
 * @throws {ShapeError} when they differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function encodePartitions(partitions: readonly Labels[]): readonly EncodedLabels[] {
  if (partitions.length < 2) {
    throw new InvalidArgumentError(`A comparison needs at least two partitions; got ${partitions.length}.`);
  }
  const points = partitions[0].length;
  const other = partitions.findIndex(({ length }) => length !== points);
  if (other >= 0) {
    throw new ShapeError(
      `Partitions of the same points must have the same length, but partition ${other} has ${partitions[other].length} labels ` +
        `and partition 0 has ${points}.`,
    );
  }
  return partitions.map((labels, i) => encodeLabels(labels, `partition ${i}`));
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
