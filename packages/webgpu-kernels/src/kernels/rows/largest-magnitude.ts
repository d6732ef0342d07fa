import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import source from './largest-magnitude.wgsl';

const GROUP_VALUES = 2 ** 14;

/** The largest magnitude of float32 values, joined with what `output` has. */
export const largestMagnitudeKernel = defineKernel('largest-magnitude', source, {
  points: 'read',
  output: 'read-write',
  params: 'uniform',
});

/** @param at the element of `output` that has the result */
export function largestMagnitudeParams(count: number, at: number): ArrayBuffer {
  return packParams([
    ['u32', count],
    ['u32', at],
  ]);
}

/** One workgroup per 2^14 values. */
export function largestMagnitudeGrid(count: number): Grid {
  return linearGrid(Math.ceil(count / GROUP_VALUES));
}
