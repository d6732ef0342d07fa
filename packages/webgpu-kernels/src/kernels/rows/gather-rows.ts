import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './gather-rows.wgsl';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  chunkRows: 'u32',
  columns: 'u32',
  count: 'u32',
});

const gatherRows = defineKernel('gather-rows', source, {
  points: 'read',
  rows: 'read',
  output: 'read-write',
  params: paramsStruct,
});

/** Copies points by row index. Constants: the points'. */
export function gatherRowsKernel(format: PointFormat): Kernel<keyof typeof gatherRows.bindings> {
  return forPoints(gatherRows, format);
}

/** @param count number of indices; `count * columns` is at most 2^32 - 1 */
export function gatherRowsParams(
  chunk: { readonly start: number; readonly rows: number },
  columns: number,
  count: number,
): ArrayBuffer {
  return paramsStruct.pack({ firstRow: chunk.start, chunkRows: chunk.rows, columns, count });
}

/** One thread per element, 64 to a workgroup. */
export function gatherRowsGrid(columns: number, count: number): Grid {
  return linearGrid(Math.ceil((columns * count) / 64));
}
