import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { modelSource } from './em-types.ts';
import source from './sum-slots.wgsl';

const runStruct = defineParams('Run', { elements: 'u32', slots: 'u32', guard: 'u32' });

/** Adds up slots of double-float totals in place: the result is in the first slot. */
export const sumSlotsKernel = defineKernel('sum-slots', modelSource(source), {
  state: 'read',
  totals: 'read-write',
  run: runStruct,
});

/** @param elements totals per slot */
export function sumSlotsRun(elements: number, slots: number): ArrayBuffer {
  return runStruct.pack({ elements, slots, guard: 0 });
}

/** 16 elements to a workgroup. */
export function sumSlotsGrid(elements: number): Grid {
  return linearGrid(Math.ceil(elements / 16));
}
