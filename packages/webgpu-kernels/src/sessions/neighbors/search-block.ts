import {
  ENTRY_BYTES,
  findNeighborsGrid,
  findNeighborsKernel,
  findNeighborsSlice,
  findNeighborsWork,
  type NeighborQueries,
} from '../../kernels/neighbors/find-neighbors.ts';
import {
  rankNeighborsGrid,
  rankNeighborsKernel,
  rankNeighborsParams,
  rankNeighborsWork,
} from '../../kernels/neighbors/rank-neighbors.ts';
import { pointConstants } from '../../points/access.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { PointResources } from '../../points/resources.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';

/** The nearest points of some queries, nearest first; count x k. */
export interface FoundNeighbors {
  readonly indices: Uint32Array;
  readonly squares: Float32Array;
}

/**
 * Finds the nearest points of a block of queries.
 *
 * @param queries values of the queries, count x columns float32
 * @param slice candidates of one dispatch
 */
export async function searchBlock(
  resources: PointResources,
  queries: GPUBuffer,
  shape: NeighborQueries,
  slice: number,
): Promise<FoundNeighbors> {
  const { context, scope, points, signal } = resources;
  const { count, columns, neighbors, parts } = shape;
  const [find, rank] = await Promise.all([
    context.pipelines.get(findNeighborsKernel(points.format), pointConstants(points)),
    context.pipelines.get(rankNeighborsKernel),
  ]);
  const temporary = new TemporaryBuffers(scope);
  try {
    const size = 4 * count * neighbors;
    const { rows, squares, dispatches } = await context.guard('preparing a search', () => {
      const lists = temporary.storage('nearest so far', ENTRY_BYTES * count * parts * neighbors);
      const rows = temporary.storage('neighbors', size);
      const squares = temporary.storage('squared distances of neighbors', size);
      const dispatches: Dispatch[] = [];
      for (const chunk of points.chunks) {
        for (let first = 0; first < chunk.rows; first += slice) {
          const end = Math.min(chunk.rows, first + slice);
          const fresh = dispatches.length === 0;
          const packed = findNeighborsSlice(shape, { chunkStart: chunk.start, first, end, fresh });
          const params = temporary.uniform('find-neighbors', packed);
          dispatches.push({
            bound: bindKernel(context.device, find, { points: chunk.slice, queries, lists, slice: params }),
            grid: findNeighborsGrid(shape),
            cost: count * columns * (end - first),
            work: findNeighborsWork(shape, end - first, points.format === 'u8' ? 1 : 4),
          });
        }
      }
      const params = temporary.uniform('rank-neighbors', rankNeighborsParams(shape));
      dispatches.push({
        bound: bindKernel(context.device, rank, { lists, rows, squares, params }),
        grid: rankNeighborsGrid(shape),
        cost: count * (parts * neighbors) ** 2,
        work: rankNeighborsWork(shape),
      });
      return { rows, squares, dispatches };
    });
    const commands = new Commands(context, 'searching for neighbors', signal);
    await commands.dispatchAll(dispatches);
    const found = [rows, squares].map((buffer) => ({ buffer, offset: 0, size }));
    const [indices, squared] = await commands.readAll(scope, found);
    return { indices: new Uint32Array(indices), squares: new Float32Array(squared) };
  } finally {
    temporary.release();
  }
}
