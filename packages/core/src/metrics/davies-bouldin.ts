import { matrixOf, type MatrixLike } from '../points-like.ts';
import { assertNoOverflow, partitionPoints } from './cluster-partition.ts';
import { measureSpread, withoutRounding, type ClusterSpread } from './cluster-spread.ts';
import type { Labels } from './labels.ts';

/**
 * Davies-Bouldin index, 0 or more, smaller is better: the mean over clusters of the worst ratio (s_i + s_j) / d_ij, s
 * being the mean distance of a cluster's points to their centroid and d the distance between centroids. As in
 * scikit-learn, pairs of coinciding centroids are left out, and it is 0 when every cluster is a single place or all
 * centroids coincide. Two places coincide when their distance is tiny relative to their distance from the origin, at
 * any scale of the points (scikit-learn: within 1e-8). O(points * columns + clusters^2 * columns). Davies & Bouldin,
 * IEEE PAMI 1 (1979).
 *
 * @param given rows x columns: rows of numbers, `{ data, columns }` or a matrix
 * @param labels one per point; points without a cluster (-1) are left out, unlike in scikit-learn
 * @throws {ShapeError} when there is not one label per point
 * @throws {DataError} for NaN or infinite values, bad labels, or not 2 to points - 1 clusters
 */
export function daviesBouldinIndex(given: MatrixLike, labels: Labels): number {
  const points = matrixOf(given);
  const ratios = new ClusterRatios(measureSpread(partitionPoints(points, labels)), points.columns);
  for (let cluster = 0; cluster < ratios.clusters; cluster++) ratios.compare(cluster);
  return ratios.mean();
}

/** The worst ratio of each cluster, found cluster by cluster. */
export class ClusterRatios {
  readonly #spread: ClusterSpread;
  readonly #columns: number;
  readonly #worst: Float64Array;

  constructor(spread: ClusterSpread, columns: number) {
    this.#spread = spread;
    this.#columns = columns;
    this.#worst = new Float64Array(spread.sizes.length);
  }

  get clusters(): number {
    return this.#worst.length;
  }

  /** Compares a cluster with those after it. */
  compare(a: number): void {
    const { centroids, sizes, distances } = this.#spread;
    const worst = this.#worst;
    for (let b = a + 1; b < worst.length; b++) {
      const apart = centroidDistance(centroids, this.#columns, [a, b]);
      if (apart === 0) continue;
      const ratio = (distances[a] / sizes[a] + distances[b] / sizes[b]) / apart;
      worst[a] = Math.max(worst[a], ratio);
      worst[b] = Math.max(worst[b], ratio);
    }
  }

  mean(): number {
    let sum = 0;
    for (const ratio of this.#worst) sum += ratio;
    return sum / this.#worst.length;
  }
}

/** Distance between two centroids; 0 when they differ only by rounding. */
function centroidDistance(
  centroids: Float64Array,
  columns: number,
  [a, b]: readonly [number, number],
): number {
  let squared = 0;
  let squaredNorm = 0;
  for (let j = 0; j < columns; j++) {
    const x = centroids[a * columns + j];
    const y = centroids[b * columns + j];
    squared += (x - y) ** 2;
    squaredNorm += x * x + y * y;
  }
  assertNoOverflow(squared);
  return Math.sqrt(withoutRounding(squared, squaredNorm));
}
