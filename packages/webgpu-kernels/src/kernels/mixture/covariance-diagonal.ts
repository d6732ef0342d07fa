import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './covariance-diagonal.wgsl';

/** Diagonal and spherical covariances from moments. */
export const covarianceDiagonalKernel = defineKernel('covariance-diagonal', modelSource(source), {
  moments: 'read',
  means: 'read',
  deltas: 'read',
  state: 'read',
  covariances: 'read-write',
  model: modelStruct,
});

/** A thread per variance, 64 to a workgroup. */
export function covarianceDiagonalGrid({
  components,
  variances,
}: Pick<EmModel, 'components' | 'variances'>): Grid {
  return linearGrid(Math.ceil((components * variances) / 64));
}
