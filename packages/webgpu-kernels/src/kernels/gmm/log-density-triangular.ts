import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { blockSource, type EmBlock } from './em-types.ts';
import source from './log-density-triangular.wgsl';

/** Log-densities of a block of rows, full and tied covariance; use through `forPoints`. */
export const logDensityTriangularKernel = defineKernel('log-density-triangular', blockSource(source), {
  points: 'read',
  means: 'read',
  factors: 'read',
  coefficients: 'read',
  state: 'read',
  logDensities: 'read-write',
  block: 'uniform',
});

/** A workgroup per 64 rows and component. */
export function logDensityTriangularGrid({ rows, components }: Pick<EmBlock, 'rows' | 'components'>): Grid {
  return linearGrid(Math.ceil(rows / 64) * components);
}
