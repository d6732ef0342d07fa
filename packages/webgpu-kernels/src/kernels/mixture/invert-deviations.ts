import { defineKernel, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource, type EmModel } from './em-types.ts';
import source from './invert-deviations.wgsl';

/** Precision factors of diagonal and spherical covariances. */
export const invertDeviationsKernel = defineKernel('invert-deviations', modelSource(source), {
  covariances: 'read',
  state: 'read',
  factors: 'read-write',
  logDeterminants: 'read-write',
  failures: 'read-write',
  model: modelStruct,
});

/** A thread per component, 64 to a workgroup. */
export function invertDeviationsGrid({ components }: Pick<EmModel, 'components'>): Grid {
  return [Math.ceil(components / 64), 1];
}
