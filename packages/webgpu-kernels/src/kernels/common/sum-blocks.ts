import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './sum-blocks.wgsl';

const paramsStruct = defineParams('Params', { elements: 'u32', blocks: 'u32' });

/** `totals[i]` = sum over blocks of `partials[block * elements + i]`, in a fixed order. */
export const sumBlocksKernel = defineKernel('sum-blocks', source, {
  partials: 'read',
  totals: 'read-write',
  params: paramsStruct,
});

/** @param elements number of sums; at most 2^32 / blocks */
export function sumBlocksParams(elements: number, blocks: number): ArrayBuffer {
  return paramsStruct.pack({ elements, blocks });
}

/** 64 elements to a workgroup. */
export function sumBlocksGrid(elements: number): Grid {
  return linearGrid(Math.ceil(elements / 64));
}
