import { averageEntropy, type EntropyAverage, type EntropyAverageOptions } from './average.ts';
import { countGroups, isSamePartition, type Contingency } from './contingency.ts';
import { entropyOfSizes } from './entropy.ts';
import { expectedMutualInformation } from './expected-mutual-information.ts';
import { mutualInformation } from './mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Adjusted mutual information: (I - E[I]) / (mean(H(classes), H(clusters)) - E[I]). The same partition
 * scores exactly 1, chance about 0, worse than chance less. Where either partition is all one group or
 * all groups of one, every dealing of the points scores alike and the result is exactly 0 (scikit-learn divides
 * what rounding left there: any value under 'min'; and it scores the same groups of one 0).
 * Vinh, Epps & Bailey, JMLR 11 (2010).
 *
 * @throws {InvalidArgumentError} for an unknown average
 */
export const adjustedMutualInformation: PartitionMeasure<[options?: EntropyAverageOptions]> =
  partitionMeasure((table, { average }: EntropyAverageOptions = {}) =>
    adjustInformation(table, () => expectedMutualInformation.fromContingency(table), average),
  );

/** Adjusts by an expectation, which is asked for where it counts. */
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

/** Whether the points form one group, or each its own. */
function isTrivial(sizes: Float64Array, total: number): boolean {
  const groups = countGroups(sizes);
  return groups === 1 || groups === total;
}
