import { defineKernel, linearGrid, withModules, type Grid } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { groupSum } from '../common/group-sum.ts';
import { MASS_BLOCK, massModule } from './mass.ts';
import source from './sum-mass.wgsl';

/** Sampling mass of each block of 256 rows. Constants: `weighted`. */
export const sumMassKernel = withModules(
  defineKernel('sum-mass', source, {
    weights: 'read',
    seedDistances: 'read',
    blocks: 'read-write',
    params: 'uniform',
  }),
  'f32',
  [groupSum, massModule],
);

/** @param seeded whether there are seeds already */
export function sumMassParams(rows: number, seeded: boolean): ArrayBuffer {
  return packParams([
    ['u32', rows],
    ['u32', seeded ? 1 : 0],
  ]);
}

/** One workgroup per block of rows. */
export function sumMassGrid(rows: number): Grid {
  return linearGrid(Math.ceil(rows / MASS_BLOCK));
}
