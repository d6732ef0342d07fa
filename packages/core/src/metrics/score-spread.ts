import { forEachChunk } from '../chunks.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import { varianceRatio } from './calinski-harabasz.ts';
import { partitionPoints } from './cluster-partition.ts';
import { measureSpreadInChunks } from './cluster-spread.ts';
import { ClusterRatios } from './davies-bouldin.ts';
import type { Labels } from './labels.ts';

/** How compact clusters are compared with the distances between them. */
export interface SpreadScores {
  readonly calinskiHarabasz: number;
  readonly daviesBouldin: number;
}

/**
 * `calinskiHarabaszIndex` and `daviesBouldinIndex` from the same two passes over the points. It does not block the
 * event loop, and can be stopped.
 *
 * @param given rows x columns: rows of numbers, `{ data, columns }` or a matrix
 * @param labels one per point; points without a cluster (-1) are left out, unlike in scikit-learn
 * @throws like the two, and the signal's reason when it is aborted
 */
export async function scoreSpread(
  given: MatrixLike,
  labels: Labels,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SpreadScores> {
  const points = matrixOf(given);
  const partition = partitionPoints(points, labels);
  const spread = await measureSpreadInChunks(partition, signal);
  const ratios = new ClusterRatios(spread, points.columns);
  await forEachChunk(ratios.clusters, 1, signal, (cluster) => {
    ratios.compare(cluster);
  });
  return { calinskiHarabasz: varianceRatio(spread, partition.points), daviesBouldin: ratios.mean() };
}
