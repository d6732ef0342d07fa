import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './largest-magnitude.wgsl';

const paramsStruct = defineParams('Params', { count: 'u32', at: 'u32' });

const GROUP_VALUES = 2 ** 14;

const largestMagnitude = defineKernel('largest-magnitude', source, {
  points: 'read',
  output: 'read-write',
  params: paramsStruct,
});

/** The maximum of the magnitudes of the points' values and the present value in `output`. Constants: the points'. */
export function largestMagnitudeKernel(format: PointFormat): Kernel<keyof typeof largestMagnitude.bindings> {
  return forPoints(largestMagnitude, format);
}

/** @param at the element of `output` for the result */
export function largestMagnitudeParams(count: number, at: number): ArrayBuffer {
  return paramsStruct.pack({ count, at });
}

/** One workgroup per 2^14 values. */
export function largestMagnitudeGrid(count: number): Grid {
  return linearGrid(Math.ceil(count / GROUP_VALUES));
}
