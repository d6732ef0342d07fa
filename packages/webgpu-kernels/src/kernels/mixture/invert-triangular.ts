import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './invert-triangular.wgsl';

/** Precision factors from Cholesky factors. */
export const invertTriangularKernel = defineKernel('invert-triangular', modelSource(source), {
  state: 'read',
  cholesky: 'read-write',
  factors: 'read-write',
  model: modelStruct,
});

/** A thread per column of a factor, 64 to a workgroup. */
export function invertTriangularGrid({
  columns,
  covariances,
}: Pick<EmModel, 'columns' | 'covariances'>): Grid {
  return linearGrid(Math.ceil(columns / 64) * covariances);
}
