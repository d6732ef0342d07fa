import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { ENTRY_BYTES, type NeighborQueries } from './find-neighbors.ts';
import source from './rank-neighbors.wgsl';

const paramsStruct = defineParams('Params', { queries: 'u32', entries: 'u32', neighbors: 'u32' });

/**
 * The wanted entries of each query's lists in ascending order, with rows and the bits of squared distances in separate
 * buffers.
 */
export const rankNeighborsKernel = defineKernel('rank-neighbors', source, {
  lists: 'read',
  rows: 'read-write',
  squares: 'read-write',
  params: paramsStruct,
});

export function rankNeighborsParams({ count, neighbors, parts }: NeighborQueries): ArrayBuffer {
  return paramsStruct.pack({ queries: count, entries: parts * neighbors, neighbors });
}

/** One thread per entry, 64 to a workgroup. */
export function rankNeighborsGrid({ count, neighbors, parts }: NeighborQueries): Grid {
  return linearGrid(Math.ceil((count * parts * neighbors) / 64));
}

/** No operations on floats; lists are read once, and the wanted entries are written. */
export function rankNeighborsWork({ count, neighbors, parts }: NeighborQueries): DispatchWork {
  return { flops: 0, bytes: ENTRY_BYTES * count * neighbors * (parts + 1) };
}
