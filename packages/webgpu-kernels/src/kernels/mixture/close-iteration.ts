import { defineKernel, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource } from './em-types.ts';
import source from './close-iteration.wgsl';

/** Computes the lower bound of an iteration, and whether to continue. */
export const closeIterationKernel = defineKernel('close-iteration', modelSource(source), {
  partials: 'read',
  failures: 'read',
  state: 'read-write',
  history: 'read-write',
  model: modelStruct,
});

/** One workgroup. */
export const closeIterationGrid: Grid = [1, 1];
