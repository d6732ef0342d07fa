import { tileGroups } from '../../kernels/common/tile-distances.ts';
import { distancesGrid, distancesKernel, distancesParams } from '../../kernels/kmeans/distances.ts';
import { pointConstants } from '../../points/access.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { KMeansResources } from './resources.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';

/** Bytes of distances that are computed at a time. */
const BATCH_BYTES = 64 * 2 ** 20;

/**
 * Euclidean distances of rows `start <= i < start + count` to every centroid, row-major (count x K), in batches
 * that stay within one chunk of points.
 */
export async function distancesToCentroids(
  resources: KMeansResources,
  centroids: GPUBuffer,
  start: number,
  count: number,
): Promise<Float32Array> {
  const { clusters, points } = resources;
  const out = new Float32Array(count * clusters);
  const batch = Math.max(1, Math.floor(BATCH_BYTES / (4 * clusters)));
  for (const chunk of points.chunks) {
    const from = Math.max(start, chunk.start);
    const to = Math.min(start + count, chunk.start + chunk.rows);
    for (let first = from; first < to; first += batch) {
      const last = Math.min(to, first + batch);
      const part = await computePart(resources, centroids, chunk, first, last);
      out.set(part, (first - start) * clusters);
    }
  }
  return out;
}

async function computePart(
  resources: KMeansResources,
  centroids: GPUBuffer,
  chunk: KMeansResources['points']['chunks'][number],
  first: number,
  last: number,
): Promise<Float32Array> {
  const { context, scope, clusters, points, signal } = resources;
  const constants = { tile_groups: tileGroups(clusters), ...pointConstants(points) };
  const pipeline = await context.pipelines.get(distancesKernel(points.format), constants);
  const temporary = new TemporaryBuffers(scope);
  try {
    const size = 4 * (last - first) * clusters;
    const made = await context.guard('preparing distances', () => {
      const output = temporary.storage('distances to centroids', size);
      const params = distancesParams(first - chunk.start, last - chunk.start, points.columns, clusters);
      return {
        output,
        bound: bindKernel(context.device, pipeline, {
          points: chunk.slice,
          targets: centroids,
          output,
          params: temporary.uniform('distances', params),
        }),
      };
    });
    const commands = new Commands(context, 'computing distances', signal);
    await commands.dispatch(made.bound, distancesGrid(last - first));
    return new Float32Array(await commands.read(scope, { buffer: made.output, offset: 0, size }));
  } finally {
    temporary.release();
  }
}
