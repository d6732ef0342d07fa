import type { KMeansFitOptions } from '../fit-options.ts';
import type { PointsLike } from '../points-like.ts';
import { KMeans } from './kmeans.ts';
import type { KMeansModel } from './model.ts';
import type { KMeansOptions } from './types.ts';

/**
 * k-means in one call: `new KMeans({ clusters, ...options }).fit(points, options)`.
 *
 * @param points N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device
 * @param clusters number of clusters, K
 * @throws like `KMeans` and its `fit`
 * @example
 * const { labels } = await kmeans([[0, 0], [0, 1], [9, 9], [9, 8]], 2);
 */
export async function kmeans(
  points: PointsLike,
  clusters: number,
  {
    weights,
    signal,
    onProgress,
    onIteration,
    ...options
  }: Omit<KMeansOptions, 'clusters'> & KMeansFitOptions = {},
): Promise<KMeansModel> {
  return new KMeans({ ...options, clusters }).fit(points, { weights, signal, onProgress, onIteration });
}
