import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './gram-partials.wgsl';

const paramsStruct = defineParams('Params', { first: 'u32', end: 'u32', columns: 'u32', width: 'u32' });

const gramPartials = defineKernel('gram-partials', source, {
  points: 'read',
  shift: 'read',
  products: 'read',
  partials: 'read-write',
  params: paramsStruct,
});

/** Rows that are summed into one partial result; `SEGMENT` in gram-partials.wgsl. */
export const GRAM_SEGMENT = 512;

const TILE_COLUMNS = 64;
const TILE_WIDTH = 16;

/** The transposed points, minus a shift, times a product of the points, by segments of rows. Constants: the points'. */
export function gramPartialsKernel(format: PointFormat): Kernel<keyof typeof gramPartials.bindings> {
  return forPoints(gramPartials, format);
}

/**
 * @param first first row of the chunk that is in the block
 * @param end one past the last row
 * @param width columns of the product
 */
export function gramPartialsParams(first: number, end: number, columns: number, width: number): ArrayBuffer {
  return paramsStruct.pack({ first, end, columns, width });
}

/** One workgroup per segment, 64 columns of the points and 16 of the product. */
export function gramPartialsGrid(rows: number, columns: number, width: number): Grid {
  const tiles = Math.ceil(columns / TILE_COLUMNS) * Math.ceil(width / TILE_WIDTH);
  return linearGrid(Math.ceil(rows / GRAM_SEGMENT) * tiles);
}
