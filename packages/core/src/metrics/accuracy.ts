import { denseCounts, type Contingency } from './contingency.ts';
import { linearSumAssignment } from './hungarian.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Clustering accuracy, from 0 to 1: the share of points in the cluster of their class, under the best
 * one-to-one matching of classes with clusters. Where their numbers differ some stay unmatched, and their
 * points count as wrong; no points score 1. Yang, Xu, Nie, Yan & Zhuang, IEEE Trans. Image Processing 19 (2010).
 *
 * @throws {InvalidArgumentError} when classes times clusters exceed 2^24
 */
export const clusteringAccuracy: PartitionMeasure = partitionMeasure((table) => {
  if (table.total === 0) return 1;
  const clusterOfClass = matchClusters(table);
  let matched = 0;
  for (const { row, column, count } of table.cells) if (clusterOfClass[row] === column) matched += count;
  return matched / table.total;
});

/**
 * The one-to-one matching of classes with clusters that keeps the most points.
 *
 * @returns for each class the index of its cluster, or -1 where there are fewer clusters than classes
 * @throws {InvalidArgumentError} when classes times clusters exceed 2^24
 */
export function matchClusters(table: Contingency): Int32Array {
  return linearSumAssignment(
    { costs: denseCounts(table), rows: table.classes.length, columns: table.clusters.length },
    { maximize: true },
  );
}
