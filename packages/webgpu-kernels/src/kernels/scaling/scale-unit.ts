import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './scale-unit.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', columns: 'u32' });

/** x / |x|, row by row. */
export const scaleUnitKernel = withModules(
  defineKernel('scale-unit', source, { input: 'read', output: 'read-write', params: paramsStruct }),
  'f32',
  [groupSum],
);

export function scaleUnitParams(rows: number, columns: number): ArrayBuffer {
  return paramsStruct.pack({ rows, columns });
}

/** One workgroup per row. */
export function scaleUnitGrid(rows: number): Grid {
  return linearGrid(rows);
}
