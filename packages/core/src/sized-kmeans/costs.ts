import type { KMeansSession } from '../engine/kmeans/session.ts';
import { forEachRead } from '../row-chunks.ts';
import { requireNoOverflow } from '../validation.ts';

/**
 * Goes through the costs of points in clusters: weight x squared distance, N x K, of which only a part is in memory.
 *
 * @param use gets the costs of the rows `start <= i < start + count`, (count x K)
 * @throws {DataError} when a cost is not finite
 */
export async function forEachCost(
  session: KMeansSession,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
  use: (costs: Float64Array, start: number) => void,
): Promise<void> {
  const { rows, clusters } = session;
  await forEachRead(rows, clusters, signal, async (start, count) => {
    const distances = await session.distancesToCentroids(start, count);
    const costs = new Float64Array(distances.length);
    for (let at = 0; at < costs.length; at++) {
      const weight = weights ? weights[start + Math.floor(at / clusters)] : 1;
      costs[at] = weight * distances[at] ** 2;
    }
    requireNoOverflow(
      'A distance',
      costs.reduce((sum, cost) => sum + cost, 0),
    );
    use(costs, start);
  });
}

/** All of them, N x K. */
export async function readCosts(
  session: KMeansSession,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { rows, clusters } = session;
  const all = new Float64Array(rows * clusters);
  await forEachCost(session, weights, signal, (costs, start) => {
    all.set(costs, start * clusters);
  });
  return all;
}
