import type { Matrix } from '../matrix.ts';
import { assertNoOverflow, type ClusterPartition } from './cluster-partition.ts';

/** Where clusters lie and how far their points stray. */
export interface ClusterSpread {
  /** Means of the clusters, row-major: `clusters * columns` values. */
  readonly centroids: Float64Array;
  /** Points in each cluster. */
  readonly sizes: Float64Array;
  /** Sum of Euclidean distances of each cluster's points to its centroid. */
  readonly distances: Float64Array;
  /** Sum of squared distances likewise. */
  readonly squaredDistances: Float64Array;
}

/** Points nearer than this share of their own norm, squared, differ by the rounding of a mean only. */
const COINCIDENT_SQUARED = 2 ** -92;

/** A squared distance, or 0 where it is rounding beside the squared norms of what it was taken between. */
export function withoutRounding(squaredDistance: number, squaredNorm: number): number {
  return squaredDistance < COINCIDENT_SQUARED * squaredNorm ? 0 : squaredDistance;
}

/**
 * Centroids first, distances in a second pass: subtracting sums of squares instead would cancel.
 *
 * @throws {DataError} when squared distances are too large for float64
 */
export function measureSpread(points: Matrix, partition: ClusterPartition): ClusterSpread {
  const { data, rows, columns, scale } = points;
  const { codes, clusters } = partition;
  const centroids = new Float64Array(clusters * columns);
  const sizes = new Float64Array(clusters);
  for (let i = 0; i < rows; i++) {
    const centroid = codes[i] * columns;
    sizes[codes[i]]++;
    for (let j = 0; j < columns; j++) centroids[centroid + j] += data[i * columns + j] * scale;
  }
  const squaredNorms = new Float64Array(clusters);
  for (let c = 0; c < clusters; c++) {
    for (let j = 0; j < columns; j++) {
      centroids[c * columns + j] /= sizes[c];
      squaredNorms[c] += centroids[c * columns + j] ** 2;
    }
  }

  const distances = new Float64Array(clusters);
  const squaredDistances = new Float64Array(clusters);
  for (let i = 0; i < rows; i++) {
    const centroid = codes[i] * columns;
    let squared = 0;
    for (let j = 0; j < columns; j++) {
      const difference = data[i * columns + j] * scale - centroids[centroid + j];
      squared += difference * difference;
    }
    squared = withoutRounding(squared, squaredNorms[codes[i]]);
    distances[codes[i]] += Math.sqrt(squared);
    squaredDistances[codes[i]] += squared;
  }
  squaredDistances.forEach(assertNoOverflow);
  return { centroids, sizes, distances, squaredDistances };
}
