import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './copy.wgsl';

const paramsStruct = defineParams('Params', { vectors: 'u32' });

/** Copies memory, to measure a device's bandwidth. */
export const copyKernel = defineKernel('copy', source, {
  source: 'read',
  targetValues: 'read-write',
  params: paramsStruct,
});

/** @param bytes a multiple of 16 */
export function copyParams(bytes: number): ArrayBuffer {
  return paramsStruct.pack({ vectors: bytes / 16 });
}

/** One thread per vector. */
export function copyGrid(bytes: number): Grid {
  return linearGrid(Math.ceil(bytes / 16 / 256));
}
