import { matchClusters } from './accuracy.ts';
import { denseCounts } from './contingency.ts';
import type { Label } from './labels.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/** Points of each class (rows) in each cluster (columns): plain data, ready for JSON. */
export interface ConfusionMatrix {
  /** Labels of the rows. */
  readonly classes: readonly Label[];
  /** Labels of the columns; null marks the empty column of a class that no cluster was matched to. */
  readonly clusters: readonly (Label | null)[];
  /** `counts[i][j]` points of class i lie in cluster j. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Confusion matrix as counted: rows are classes, columns are clusters, both in the order of their labels.
 *
 * @throws {InvalidArgumentError} when classes times clusters exceed 2^24
 */
export const confusionMatrix: PartitionMeasure<[], ConfusionMatrix> = partitionMeasure((table) => {
  const { classes, clusters } = table;
  const dense = denseCounts(table);
  const counts = classes.map((_, row) =>
    Array.from(dense.subarray(row * clusters.length, (row + 1) * clusters.length)),
  );
  return { classes, clusters, counts };
});

/**
 * Confusion matrix whose column i is the cluster matched to class i, so that the diagonal holds the points
 * that `clusteringAccuracy` counts. Clusters left over follow in the order of their labels; a class left
 * over gets an empty column.
 *
 * @throws {InvalidArgumentError} when classes times clusters exceed 2^24
 */
export const alignedConfusionMatrix: PartitionMeasure<[], ConfusionMatrix> = partitionMeasure((table) => {
  const plain = confusionMatrix.fromContingency(table);
  const matched = Array.from(matchClusters(table));
  const taken = new Set(matched);
  const leftOver = [...table.clusters.keys()].filter((column) => !taken.has(column));
  const columns = [...matched, ...leftOver];
  return {
    classes: plain.classes,
    clusters: columns.map((column) => (column < 0 ? null : table.clusters[column])),
    counts: plain.counts.map((row) => columns.map((column) => (column < 0 ? 0 : row[column]))),
  };
});
