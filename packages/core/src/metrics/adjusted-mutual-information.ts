import { averageEntropy, type EntropyAverage, type EntropyAverageOptions } from './average.ts';
import { countGroups, isSamePartition, type Contingency } from './contingency.ts';
import { entropyOfSizes } from './entropy.ts';
import { expectedMutualInformation } from './expected-mutual-information.ts';
import { mutualInformation } from './mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Adjusted mutual information: (I - E[I]) / (mean(H(classes), H(clusters)) - E[I]). The same partition scores exactly
 * 1, chance about 0, worse than chance less. When either partition has one group only, or only groups of one point,
 * every random partition scores the same and the result is exactly 0. (scikit-learn divides by rounding errors there:
 * any value under 'min'; and two identical partitions into single points score 0.) Vinh, Epps & Bailey, JMLR 11 (2010).
 *
 * @throws {InvalidArgumentError} for an unknown average
 */
export const adjustedMutualInformation: PartitionMeasure<[options?: EntropyAverageOptions]> =
  partitionMeasure((table, { average }: EntropyAverageOptions = {}) =>
    adjustInformation(table, () => expectedMutualInformation.fromContingency(table), average),
  );

/** Adjusts by an expectation, which is computed only when needed. */
export function adjustInformation(
  table: Contingency,
  expectation: () => number,
  average?: EntropyAverage,
): number {
  const { classSizes, clusterSizes, total } = table;
  const normalizer = averageEntropy(
    entropyOfSizes(classSizes, total),
    entropyOfSizes(clusterSizes, total),
    average,
  );
  if (isSamePartition(table)) return 1;
  if (isTrivial(classSizes, total) || isTrivial(clusterSizes, total)) return 0;
  const expected = expectation();
  return (mutualInformation.fromContingency(table) - expected) / (normalizer - expected);
}

/** Whether the points form one group, or each point is a group. */
function isTrivial(sizes: Float64Array, total: number): boolean {
  const groups = countGroups(sizes);
  return groups === 1 || groups === total;
}
