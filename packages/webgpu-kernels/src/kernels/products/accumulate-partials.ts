import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { doubleFloat } from '../common/double-float.ts';
import source from './accumulate-partials.wgsl';

const runStruct = defineParams('Run', { elements: 'u32', segments: 'u32', overwrite: 'u32', guard: 'u32' });

/** Adds segments of partial sums to double-float totals. */
export const accumulatePartialsKernel = defineKernel('accumulate-partials', `${doubleFloat}\n${source}`, {
  partials: 'read',
  totals: 'read-write',
  run: runStruct,
});

/** @param overwrite start from zero instead of the present totals */
export function accumulatePartialsRun(elements: number, segments: number, overwrite: boolean): ArrayBuffer {
  return runStruct.pack({ elements, segments, overwrite, guard: 0 });
}

/** A thread per element, 64 to a workgroup. */
export function accumulatePartialsGrid(elements: number): Grid {
  return linearGrid(Math.ceil(elements / 64));
}
