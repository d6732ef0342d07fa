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
    writeCosts(costs, distances, weights?.subarray(start, start + count), clusters);
    use(costs, start);
  });
}

/**
 * Writes all of them.
 *
 * @param to N x K
 * @throws {DataError} when a cost is not finite
 */
export async function readCosts(
  session: KMeansSession,
  weights: Float32Array | undefined,
  signal: AbortSignal | undefined,
  to: Float64Array,
): Promise<void> {
  const { rows, clusters } = session;
  await forEachRead(rows, clusters, signal, async (start, count) => {
    const distances = await session.distancesToCentroids(start, count);
    const part = to.subarray(start * clusters, (start + count) * clusters);
    writeCosts(part, distances, weights?.subarray(start, start + count), clusters);
  });
}

function writeCosts(
  to: Float64Array,
  distances: Float32Array,
  weights: Float32Array | undefined,
  clusters: number,
): void {
  let sum = 0;
  for (let at = 0, row = 0; at < distances.length; row++) {
    const weight = weights ? weights[row] : 1;
    for (const end = at + clusters; at < end; at++) {
      const cost = weight * distances[at] ** 2;
      to[at] = cost;
      sum += cost;
    }
  }
  requireNoOverflow('A distance', sum);
}
