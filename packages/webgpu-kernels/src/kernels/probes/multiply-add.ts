import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './multiply-add.wgsl';

const paramsStruct = defineParams('Params', { rounds: 'u32' });

/** Multiplies and adds in registers, to measure a device's arithmetic rate. */
export const multiplyAddKernel = defineKernel('multiply-add', source, {
  sums: 'read-write',
  params: paramsStruct,
});

/** Operations of one thread in one round: 16 chains, 8 steps, a multiplication and an addition each. */
export const FLOPS_PER_ROUND = 16 * 8 * 2;

export function multiplyAddParams(rounds: number): ArrayBuffer {
  return paramsStruct.pack({ rounds });
}

/** @param threads a multiple of 256, at most 256 x 65,535 */
export function multiplyAddGrid(threads: number): Grid {
  return linearGrid(threads / 256);
}
