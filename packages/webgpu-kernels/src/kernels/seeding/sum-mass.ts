import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import { MASS_BLOCK, massModule } from './mass.ts';
import source from './sum-mass.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', seeded: 'u32' });

/** Sampling mass of each block of 256 rows. Constants: `weighted`. */
export const sumMassKernel = withModules(
  defineKernel('sum-mass', source, {
    weights: 'read',
    seedDistances: 'read',
    blocks: 'read-write',
    params: paramsStruct,
  }),
  'f32',
  [groupSum, massModule],
);

/** @param seeded whether there are seeds already */
export function sumMassParams(rows: number, seeded: boolean): ArrayBuffer {
  return paramsStruct.pack({ rows, seeded });
}

/** One workgroup per block of rows. */
export function sumMassGrid(rows: number): Grid {
  return linearGrid(Math.ceil(rows / MASS_BLOCK));
}
