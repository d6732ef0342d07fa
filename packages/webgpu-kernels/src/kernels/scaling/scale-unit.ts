import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import source from './scale-unit.wgsl';

/** x / |x|, row by row. */
export const scaleUnitKernel = withModules(
  defineKernel('scale-unit', source, { input: 'read', output: 'read-write', params: 'uniform' }),
  'f32',
  [groupSum],
);

export function scaleUnitParams(rows: number, columns: number): ArrayBuffer {
  return packParams([
    ['u32', rows],
    ['u32', columns],
  ]);
}

/** One workgroup per row. */
export function scaleUnitGrid(rows: number): Grid {
  return linearGrid(rows);
}
