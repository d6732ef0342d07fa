import { defineKernel, type Grid } from '../../runtime/kernel.ts';
import { modelStruct, modelSource } from './em-types.ts';
import source from './mixing-weights.wgsl';

/** Mixing weights, and the constant part of each log-density. */
export const mixingWeightsKernel = defineKernel('mixing-weights', modelSource(source), {
  moments: 'read',
  logDeterminants: 'read',
  state: 'read',
  mixing: 'read-write',
  coefficients: 'read-write',
  model: modelStruct,
});

/** One workgroup. */
export const mixingWeightsGrid: Grid = [1, 1];
