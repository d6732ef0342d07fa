import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './scale-columns.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', columns: 'u32' });

/** (x - mean) * factor, column by column. */
export const scaleColumnsKernel = defineKernel('scale-columns', source, {
  input: 'read',
  mean: 'read',
  factors: 'read',
  output: 'read-write',
  params: paramsStruct,
});

export function scaleColumnsParams(rows: number, columns: number): ArrayBuffer {
  return paramsStruct.pack({ rows, columns });
}

/** One thread per element, 64 to a workgroup. */
export function scaleColumnsGrid(rows: number, columns: number): Grid {
  return linearGrid(Math.ceil((rows * columns) / 64));
}
