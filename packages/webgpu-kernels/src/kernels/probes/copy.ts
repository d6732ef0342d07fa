import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import source from './copy.wgsl';

/** Copies memory, to see how fast a device can. */
export const copyKernel = defineKernel('copy', source, {
  source: 'read',
  target: 'read-write',
  params: 'uniform',
});

/** @param bytes a multiple of 16 */
export function copyParams(bytes: number): ArrayBuffer {
  return packParams([['u32', bytes / 16]]);
}

/** One thread per vector. */
export function copyGrid(bytes: number): Grid {
  return linearGrid(Math.ceil(bytes / 16 / 256));
}
