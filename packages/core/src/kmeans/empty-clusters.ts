import { moveCentroids } from '../engine/arithmetic/move-centroids.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';

/** Sums and weights of clusters after an assignment; `relocateEmptyClusters` edits it in place. */
export interface ClusterSums {
  /** Weighted sums of the members, K x D. */
  readonly sums: Float64Array;
  /** Weights, K values; 0 marks an empty cluster. */
  readonly weights: Float64Array;
}

/** Points that may leave their cluster, farthest first. */
export interface FarPoints {
  /** Coordinates, one row of D values per point. */
  readonly points: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** The cluster each point belongs to now. */
  readonly labels: ArrayLike<number>;
}

/** Clusters with frozen centroids. */
export interface FrozenCentroids {
  readonly indices: ReadonlySet<number>;
  /** K x D; only the rows of these clusters are used. */
  readonly centroids: Float32Array | Float64Array;
}

/** A cluster with less than this share of its former weight is empty; the rest is rounding. */
const NOTHING_LEFT = 1e-9;

/**
 * Indices of the points farthest from their centroid, farthest first, the lower index on ties. Points of zero weight
 * and points on their centroid are left out, because they would not help; so there may be fewer than `count`.
 */
export function farthestRows(distances: Float32Array, count: number, weights?: Float32Array): Uint32Array {
  const farthest: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    const distance = distances[i];
    if (distance === 0 || weights?.[i] === 0) continue;
    if (farthest.length === count && distance <= distances[farthest[count - 1]]) continue;
    let at = farthest.length;
    while (at > 0 && distance > distances[farthest[at - 1]]) at--;
    farthest.splice(at, 0, i);
    if (farthest.length > count) farthest.pop();
  }
  return Uint32Array.from(farthest);
}

/**
 * Gives each empty cluster, in order, the next of the farthest points and takes that point from the cluster
 * it belonged to, as scikit-learn does (which also takes points of zero weight and points on their centroid).
 * Clusters beyond the number of far points stay empty, and so do those in `staying`.
 */
export function relocateEmptyClusters(
  clusters: ClusterSums,
  far: FarPoints,
  staying?: ReadonlySet<number>,
): void {
  const { sums, weights } = clusters;
  const columns = sums.length / weights.length;
  const empty = Array.from(weights.keys()).filter((k) => weights[k] === 0 && !staying?.has(k));
  for (let i = 0; i < Math.min(empty.length, far.labels.length); i++) {
    const to = empty[i];
    const from = far.labels[i];
    const weight = far.weights[i];
    const left = weights[from] - weight;
    weights[from] = left > NOTHING_LEFT * weights[from] ? left : 0;
    weights[to] = weight;
    for (let j = 0; j < columns; j++) {
      const part = far.points[i * columns + j] * weight;
      sums[from * columns + j] -= part;
      sums[to * columns + j] = part;
    }
  }
}

/**
 * Moves the centroids of a session after an assignment. This happens here and not on the engine when clusters are
 * empty, or when some centroids are frozen.
 *
 * @returns the squared Frobenius norm of the movement, and the labels of the assignment it followed
 */
export async function relocate(
  session: KMeansSession,
  unitCentroids: boolean,
  weights?: Float32Array,
  frozen?: FrozenCentroids,
): Promise<{ readonly shift: number; readonly labels: Uint32Array }> {
  const clusters = await session.readSums();
  const empty = clusters.weights.filter((weight, k) => weight === 0 && !frozen?.indices.has(k)).length;
  const rows = empty > 0 ? farthestRows(await session.readDistances(), empty, weights) : new Uint32Array(0);
  const labels = await session.readLabels();
  const far: FarPoints = {
    points: rows.length > 0 ? await session.readRows(rows) : [],
    weights: Array.from(rows, (row) => weights?.[row] ?? 1),
    labels: Array.from(rows, (row) => labels[row]),
  };
  relocateEmptyClusters(clusters, far, frozen?.indices);
  const old = await session.readCentroids();
  const centroids = Float64Array.from(old);
  moveCentroids(centroids, clusters.sums, clusters.weights, unitCentroids);
  if (frozen) keepFrozen(centroids, frozen, session.columns);
  await session.writeCentroids(centroids);
  const shift = centroids.reduce((sum, value, i) => sum + (value - old[i]) ** 2, 0);
  return { shift, labels };
}

/** Puts frozen centroids back to their given positions. */
export function keepFrozen(
  centroids: Float32Array | Float64Array,
  { indices, centroids: given }: FrozenCentroids,
  columns: number,
): void {
  for (const k of indices) centroids.set(given.subarray(k * columns, (k + 1) * columns), k * columns);
}
