import { chunkRows, forEachChunk } from '../chunks.ts';
import { moveCentroids } from '../engine/arithmetic/move-centroids.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { Matrix } from '../matrix.ts';
import { sameLabels } from '../kmeans/lloyd.ts';
import type { Assigner } from './assigner.ts';

interface SizedLloydOptions {
  readonly maxIterations: number;
  /** In squared units of the data; see `LloydOptions`. */
  readonly tolerance: number;
  readonly unitCentroids: boolean;
  readonly weights: Float32Array | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called, and awaited, after each assignment. */
  readonly onIteration: (iteration: number, inertia: number, labels: Uint32Array) => void | Promise<void>;
}

/** The course of one start. The session holds the centroids that the labels belong to. */
export interface SizedRun {
  readonly labels: Uint32Array;
  readonly inertiaHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm with limits on sizes (Bradley, Bennett & Demiriz, "Constrained k-means clustering", Microsoft Research
 * MSR-TR-2000-65): assign as well as the limits allow, average, and so on, with the stopping rule of `runLloyd`. No cluster
 * becomes empty, because the least size is 1.
 *
 * @param points those of the session
 * @param initial K x D
 */
export async function runSizedLloyd(
  session: KMeansSession,
  points: Matrix,
  assigner: Assigner,
  initial: ArrayLike<number>,
  options: SizedLloydOptions,
): Promise<SizedRun> {
  const { maxIterations, tolerance, unitCentroids, signal, onIteration } = options;
  const centroids = Float64Array.from(initial);
  const inertiaHistory: number[] = [];
  let labels: Uint32Array | undefined;
  let labelsSettled = false;
  let centroidsSettled = false;
  await session.writeCentroids(centroids);
  while (inertiaHistory.length < maxIterations && !labelsSettled && !centroidsSettled) {
    signal?.throwIfAborted();
    const before = labels;
    labels = await assigner.assign();
    const { sums, weights, inertia } = await sumClusters(points, labels, centroids, options);
    inertiaHistory.push(inertia);
    labelsSettled = before !== undefined && sameLabels(before, labels);
    if (!labelsSettled) {
      centroidsSettled = moveCentroids(centroids, sums, weights, unitCentroids) <= tolerance;
      await session.writeCentroids(centroids);
    }
    await onIteration(inertiaHistory.length, inertia, labels);
  }
  const iterations = inertiaHistory.length;
  if (labels === undefined || !labelsSettled) {
    labels = await assigner.assign();
    inertiaHistory.push((await sumClusters(points, labels, centroids, options)).inertia);
  }
  return { labels, inertiaHistory, iterations, converged: labelsSettled || centroidsSettled };
}

/** Weighted sums and weights of the clusters, and the inertia, in float64 and in the order of the rows. */
async function sumClusters(
  { data, rows, columns, scale }: Matrix,
  labels: Uint32Array,
  centroids: Float64Array,
  { weights: ofRows, signal }: Pick<SizedLloydOptions, 'weights' | 'signal'>,
) {
  const sums = new Float64Array(centroids.length);
  const weights = new Float64Array(centroids.length / columns);
  let inertia = 0;
  await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const weight = ofRows ? ofRows[i] : 1;
      const from = labels[i] * columns;
      weights[labels[i]] += weight;
      let distance = 0;
      for (let j = 0; j < columns; j++) {
        const value = scale * data[i * columns + j];
        sums[from + j] += weight * value;
        distance += (value - centroids[from + j]) ** 2;
      }
      inertia += weight * distance;
    }
  });
  return { sums, weights, inertia };
}
