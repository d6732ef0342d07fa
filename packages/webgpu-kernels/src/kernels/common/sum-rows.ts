import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { groupSum } from './group-sum.ts';
import source from './sum-rows.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', length: 'u32' });

/** `totals[r]` = sum over i of `partials[r * length + i]`, in a fixed order. */
export const sumRowsKernel = withModules(
  defineKernel('sum-rows', source, { partials: 'read', totals: 'read-write', params: paramsStruct }),
  'f32',
  [groupSum],
);

/** @param length elements per row; `rows * length` is at most 2^32 - 1 */
export function sumRowsParams(rows: number, length: number): ArrayBuffer {
  return paramsStruct.pack({ rows, length });
}

/** One workgroup per row. */
export function sumRowsGrid(rows: number): Grid {
  return linearGrid(rows);
}
