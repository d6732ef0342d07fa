import type { Matrix } from '../matrix.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import { assertNoOverflow, partitionPoints } from './cluster-partition.ts';
import { measureSpread, type ClusterSpread } from './cluster-spread.ts';
import type { Labels } from './labels.ts';

/**
 * Calinski-Harabasz index (variance ratio), 0 or more, larger is better: the between-cluster sum of
 * squares per k - 1 over the within-cluster one per n - k. Where every cluster is a single place the ratio
 * does not exist and the result is 1, as in scikit-learn. O(points * columns).
 * Calinski & Harabasz, Communications in Statistics 3 (1974).
 *
 * @param given rows x columns: rows of numbers, `{ data, columns }` or a matrix
 * @param labels one per point; points without a cluster (-1) are left out, unlike in scikit-learn
 * @throws {ShapeError} when there is not one label per point
 * @throws {DataError} for NaN or infinite values, bad labels, or not 2 to points - 1 clusters
 */
export function calinskiHarabaszIndex(given: MatrixLike, labels: Labels): number {
  const partition = partitionPoints(matrixOf(given), labels);
  return varianceRatio(measureSpread(partition), partition.points);
}

/** The index of a spread that was measured. */
export function varianceRatio(
  { centroids, sizes, squaredDistances }: ClusterSpread,
  { rows, columns }: Pick<Matrix, 'rows' | 'columns'>,
): number {
  let within = 0;
  for (const squared of squaredDistances) within += squared;
  if (within === 0) return 1;

  let between = 0;
  for (let j = 0; j < columns; j++) {
    let mean = 0;
    for (let c = 0; c < sizes.length; c++) mean += (sizes[c] / rows) * centroids[c * columns + j];
    for (let c = 0; c < sizes.length; c++) between += sizes[c] * (centroids[c * columns + j] - mean) ** 2;
  }
  assertNoOverflow(between);
  return (between * (rows - sizes.length)) / (within * (sizes.length - 1));
}
