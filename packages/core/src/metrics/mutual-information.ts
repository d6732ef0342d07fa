import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Mutual information of two partitions in nats, from 0 to the smaller entropy:
 * I = sum over cells of n_ij / n * log(n n_ij / (a_i b_j)), a and b being the sizes of classes and clusters.
 */
export const mutualInformation: PartitionMeasure = partitionMeasure((table) => {
  const { cells, classSizes, clusterSizes, total } = table;
  let sum = 0;
  for (const { row, column, count } of cells) {
    sum += (count / total) * Math.log((count * total) / (classSizes[row] * clusterSizes[column]));
  }
  // Independent partitions share nothing: a value this small is rounding.
  return sum > Number.EPSILON ? sum : 0;
});
