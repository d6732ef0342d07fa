import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './factor-covariance.wgsl';

/** Cholesky factors of full and tied covariances. */
export const factorCovarianceKernel = defineKernel('factor-covariance', modelSource(source), {
  covariances: 'read',
  state: 'read',
  cholesky: 'read-write',
  logDeterminants: 'read-write',
  failures: 'read-write',
  model: modelStruct,
});

/** A workgroup per covariance. */
export function factorCovarianceGrid({ covariances }: Pick<EmModel, 'covariances'>): Grid {
  return linearGrid(covariances);
}
