import type { KMeansSession } from '../engine/kmeans/session.ts';
import { drawDistinctRows } from '../kmeans/draw-rows.ts';
import type { Random } from '../random.ts';

/** What batches have taught so far. */
export interface Learned {
  /** K x D, in the coordinates of the sessions; replaced by each batch. */
  readonly centroids: Float64Array;
  /** Weight of the points that each cluster has seen, K values. */
  readonly counts: Float64Array;
}

/** How a batch is learned; see `MiniBatchKMeansOptions`. */
interface LearnSettings {
  readonly decay: number;
  readonly reassignment: number;
  /** Centroids have unit length. */
  readonly unit: boolean;
}

/** What one batch did. */
export interface BatchStep {
  /** Weighted sum of squared distances of the batch to the centroids before it. */
  readonly inertia: number;
  /** Weight of the points of the batch. */
  readonly weight: number;
  /** Squared Frobenius norm of the movement of the centroids. */
  readonly shift: number;
}

/**
 * Learns from one batch (Sculley, "Web-scale k-means clustering", WWW 2010, with the whole batch at once): every centroid
 * becomes the weighted mean of all points that it has seen.
 *
 * @param session holds the points of the batch
 * @param weights of the points of the batch
 * @param random given when starved clusters are to move; chooses where to
 */
export async function learnBatch(
  session: KMeansSession,
  { centroids, counts }: Learned,
  { decay, reassignment, unit }: LearnSettings,
  weights: Float32Array | undefined,
  random: Random | undefined,
): Promise<BatchStep> {
  const before = centroids.slice();
  await session.writeCentroids(centroids);
  const { inertia } = await session.assign();
  const batch = await session.readSums();
  for (let k = 0; k < counts.length; k++) {
    const seen = counts[k] * decay;
    counts[k] = seen + batch.weights[k];
    if (batch.weights[k] > 0)
      average(centroids, batch.sums, k, session.columns, { seen, total: counts[k], unit });
  }
  if (random) await moveStarved(session, { centroids, counts }, reassignment, weights, random);
  return {
    inertia,
    weight: batch.weights.reduce((sum, value) => sum + value, 0),
    shift: centroids.reduce((sum, value, at) => sum + (value - before[at]) ** 2, 0),
  };
}

/** Moves centroid k to the mean of what it had seen and its part of the batch; directions that cancel out leave it. */
function average(
  centroids: Float64Array,
  sums: Float64Array,
  k: number,
  columns: number,
  { seen, total, unit }: { readonly seen: number; readonly total: number; readonly unit: boolean },
): void {
  const mean = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    mean[j] = (centroids[k * columns + j] * seen + sums[k * columns + j]) / total;
  }
  const length = unit ? Math.hypot(...mean) : 1;
  if (length === 0) return;
  for (let j = 0; j < columns; j++) centroids[k * columns + j] = mean[j] / length;
}

/**
 * Moves clusters that have seen too little to random points of the batch, at most to every second one, and lets them
 * count as much as the least of the others, so that they do not move again at once.
 */
async function moveStarved(
  session: KMeansSession,
  { centroids, counts }: Learned,
  reassignment: number,
  weights: Float32Array | undefined,
  random: Random,
): Promise<void> {
  const limit = reassignment * counts.reduce((most, count) => Math.max(most, count), 0);
  const usable = weights ? weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0) : session.rows;
  const starved = Array.from(counts.keys())
    .filter((k) => counts[k] < limit)
    .sort((a, b) => counts[a] - counts[b] || a - b)
    .slice(0, Math.floor(usable / 2));
  if (starved.length === 0) return;
  const least = counts.reduce((so, count) => (count < limit ? so : Math.min(so, count)), Infinity);
  const rows = drawDistinctRows(session.rows, starved.length, random, weights);
  const { columns } = session;
  const values = await session.readRows(rows);
  starved.forEach((k, i) => {
    centroids.set(values.subarray(i * columns, (i + 1) * columns), k * columns);
    counts[k] = least;
  });
}
