import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './covariance-triangular.wgsl';

/** Full and tied covariances from moments. */
export const covarianceTriangularKernel = defineKernel('covariance-triangular', modelSource(source), {
  moments: 'read',
  crossMoments: 'read',
  means: 'read',
  deltas: 'read',
  state: 'read',
  covariances: 'read-write',
  model: modelStruct,
});

/** A workgroup per 64 columns of a row of a covariance. */
export function covarianceTriangularGrid({
  columns,
  covariances,
}: Pick<EmModel, 'columns' | 'covariances'>): Grid {
  return linearGrid(Math.ceil(columns / 64) * columns * covariances);
}
