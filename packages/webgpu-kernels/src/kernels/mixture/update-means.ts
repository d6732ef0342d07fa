import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './update-means.wgsl';

/** Moves the means to the weighted means of their points. */
export const updateMeansKernel = defineKernel('update-means', modelSource(source), {
  moments: 'read',
  state: 'read',
  means: 'read-write',
  deltas: 'read-write',
  model: modelStruct,
});

/** A thread per element of the means, 64 to a workgroup. */
export function updateMeansGrid({ columns, components }: Pick<EmModel, 'columns' | 'components'>): Grid {
  return linearGrid(Math.ceil((columns * components) / 64));
}
