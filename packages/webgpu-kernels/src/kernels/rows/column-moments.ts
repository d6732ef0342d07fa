import { rangeFields, type RowRange } from '../common/row-range.ts';
import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './column-moments.wgsl';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  blocks: 'u32',
  rowsPerBlock: 'u32',
  carry: 'u32',
});

const columnMoments = defineKernel('column-moments', source, {
  points: 'read',
  weights: 'read',
  shift: 'read',
  partials: 'read-write',
  params: paramsStruct,
});

/** Weighted sums and squares of x - shift per block of rows. Constants: `weighted`, the points'. */
export function columnMomentsKernel(format: PointFormat): Kernel<keyof typeof columnMoments.bindings> {
  return forPoints(columnMoments, format);
}

/**
 * @param blocks number of blocks of rows in the chunk
 * @param carry whether the sums of an earlier chunk are already in `partials`
 */
export function columnMomentsParams(
  chunk: RowRange,
  columns: number,
  blocks: number,
  carry: boolean,
): ArrayBuffer {
  return paramsStruct.pack({
    ...rangeFields(chunk),
    columns,
    blocks,
    rowsPerBlock: Math.ceil(chunk.rows / blocks),
    carry,
  });
}

/** One workgroup per block of rows and 64 columns. */
export function columnMomentsGrid(columns: number, blocks: number): Grid {
  return linearGrid(blocks * Math.ceil(columns / 64));
}
