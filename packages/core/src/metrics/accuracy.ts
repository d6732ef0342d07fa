import type { Contingency } from './contingency.ts';
import { matchClusters } from './matching.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Clustering accuracy, from 0 to 1: the share of points in the cluster of their class, under the best one-to-one
 * matching of classes with clusters. When their numbers differ, some stay unmatched; their points count as wrong, and
 * so do points without a cluster. An empty input scores 1. Yang, Xu, Nie, Yan & Zhuang, IEEE Trans. Image Processing 19
 * (2010).
 *
 * @throws {InvalidArgumentError} when the matching takes more than 2^28 visits of cells
 */
export const clusteringAccuracy: PartitionMeasure = partitionMeasure((table) =>
  accuracyOf(table, matchClusters(table)),
);

/** The share of points that are in the cluster matched with their class. */
export function accuracyOf({ cells, total }: Contingency, clusterOfClass: Int32Array): number {
  if (total === 0) return 1;
  let matched = 0;
  for (const { row, column, count } of cells) if (clusterOfClass[row] === column) matched += count;
  return matched / total;
}
