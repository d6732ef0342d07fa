import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './multiply-rows.wgsl';

const paramsStruct = defineParams('Params', {
  chunkStart: 'u32',
  first: 'u32',
  end: 'u32',
  columns: 'u32',
  width: 'u32',
});

const multiplyRows = defineKernel('multiply-rows', source, {
  points: 'read',
  shift: 'read',
  right: 'read',
  weights: 'read',
  output: 'read-write',
  params: paramsStruct,
});

const TILE_ROWS = 64;
const TILE_WIDTH = 16;

/** Rows of the points, minus a shift, times a narrow matrix. Constants: `weighted`, the points'. */
export function multiplyRowsKernel(format: PointFormat): Kernel<keyof typeof multiplyRows.bindings> {
  return forPoints(multiplyRows, format);
}

/**
 * @param chunkStart the chunk's first row among all points
 * @param first first wanted row of the chunk
 * @param end one past the last wanted row
 * @param width columns of the narrow matrix
 */
export function multiplyRowsParams(
  chunkStart: number,
  first: number,
  end: number,
  columns: number,
  width: number,
): ArrayBuffer {
  return paramsStruct.pack({ chunkStart, first, end, columns, width });
}

/** One workgroup per 64 wanted rows and 16 columns of the product. */
export function multiplyRowsGrid(rows: number, width: number): Grid {
  return linearGrid(Math.ceil(rows / TILE_ROWS) * Math.ceil(width / TILE_WIDTH));
}
