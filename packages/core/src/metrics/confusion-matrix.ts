import { assertLayout, denseCounts, type Contingency } from './contingency.ts';
import type { Label } from './labels.ts';
import { matchClusters } from './matching.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/** Points of each class (rows) in each cluster (columns): plain data, ready for JSON. */
export interface ConfusionMatrix {
  /** Labels of the rows. */
  readonly classes: readonly Label[];
  /** Labels of the columns; null marks the empty column of a class that no cluster was matched to. */
  readonly clusters: readonly (Label | null)[];
  /** `counts[i][j]` points of class i lie in cluster j. */
  readonly counts: readonly (readonly number[])[];
  /** What was left out to limit the size; absent when nothing was. */
  readonly omitted?: ConfusionOmission | undefined;
}

/** How much a confusion matrix leaves out. */
export interface ConfusionOmission {
  readonly classes: number;
  readonly clusters: number;
  /** Points that no cell of the matrix counts. */
  readonly points: number;
}

/** Size of a confusion matrix. */
export interface ConfusionMatrixOptions {
  /** Rows and columns at most: the largest classes, their clusters, and the largest of the others (default: all). */
  readonly most?: number | undefined;
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
 * @throws {InvalidArgumentError} when its cells exceed 2^24, or the matching takes more than 2^28 visits of cells
 */
export const alignedConfusionMatrix: PartitionMeasure<[options?: ConfusionMatrixOptions], ConfusionMatrix> =
  partitionMeasure((table, { most }: ConfusionMatrixOptions = {}) =>
    alignConfusion(table, matchClusters(table), most),
  );

/** Arranges a matching, as `alignedConfusionMatrix` says. */
export function alignConfusion(
  table: Contingency,
  clusterOfClass: Int32Array,
  most = Infinity,
): ConfusionMatrix {
  const { classes, clusters, cells, total, classSizes, clusterSizes } = table;
  const rows = largest([...classes.keys()], classSizes, most);
  const matched = rows.map((row) => clusterOfClass[row]);
  const taken = new Set(matched);
  const others = [...clusters.keys()].filter((column) => !taken.has(column));
  const columns = [...matched, ...largest(others, clusterSizes, Math.max(0, most - rows.length))];
  assertLayout(rows.length, columns.length);

  const counts = rows.map(() => new Array<number>(columns.length).fill(0));
  const rowAt = new Map(rows.map((row, at) => [row, at]));
  const columnAt = new Map(columns.map((column, at) => [column, at]));
  let shown = 0;
  for (const { row, column, count } of cells) {
    const [i, j] = [rowAt.get(row), columnAt.get(column)];
    if (i === undefined || j === undefined) continue;
    counts[i][j] = count;
    shown += count;
  }
  const named = columns.filter((column) => column >= 0).length;
  const omitted = {
    classes: classes.length - rows.length,
    clusters: clusters.length - named,
    points: total - shown,
  };
  return {
    classes: rows.map((row) => classes[row]),
    clusters: columns.map((column) => (column < 0 ? null : clusters[column])),
    counts,
    ...((omitted.classes > 0 || omitted.clusters > 0) && { omitted }),
  };
}

/** The largest groups, in their original order; of equally large ones the first. */
function largest(groups: readonly number[], sizes: Float64Array, most: number): readonly number[] {
  if (groups.length <= most) return groups;
  return groups
    .toSorted((a, b) => sizes[b] - sizes[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
