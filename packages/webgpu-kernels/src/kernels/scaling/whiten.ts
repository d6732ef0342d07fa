import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './whiten.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', columns: 'u32' });

const TILE = 8;

/** (x - mean) * factors, with factors a columns x columns row-major matrix. */
export const whitenKernel = defineKernel('whiten', source, {
  input: 'read',
  mean: 'read',
  factors: 'read',
  output: 'read-write',
  params: paramsStruct,
});

export function whitenParams(rows: number, columns: number): ArrayBuffer {
  return paramsStruct.pack({ rows, columns });
}

/** One workgroup per tile of 8 rows and 8 columns. */
export function whitenGrid(rows: number, columns: number): Grid {
  return linearGrid(Math.ceil(rows / TILE) * Math.ceil(columns / TILE));
}
