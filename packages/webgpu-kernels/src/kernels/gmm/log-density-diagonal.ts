import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { blockSource, type EmBlock } from './em-types.ts';
import source from './log-density-diagonal.wgsl';

/** Log-densities of a block of rows, diagonal and spherical covariance; use through `forPoints`. */
export const logDensityDiagonalKernel = defineKernel('log-density-diagonal', blockSource(source), {
  points: 'read',
  means: 'read',
  factors: 'read',
  coefficients: 'read',
  state: 'read',
  logDensities: 'read-write',
  block: 'uniform',
});

/** A workgroup per 64 rows and 4 components. */
export function logDensityDiagonalGrid({ rows, components }: Pick<EmBlock, 'rows' | 'components'>): Grid {
  return linearGrid(Math.ceil(rows / 64) * Math.ceil(components / 4));
}
