import type { KMeansIteration } from '@shoal/core/engine-kit';
import { defineParams } from '../../runtime/params.ts';
import source from './state.wgsl';

export const chunkStruct = defineParams('Chunk', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  clusters: 'u32',
});

export const stateStruct = defineParams('State', {
  halted: 'u32',
  ran: 'u32',
  forget: 'u32',
  tolerance: 'f32',
});

/** The WGSL module that declares `State`, `Iteration`, `AssignPartial` and `Chunk`. */
export const stateModule = source;

/** Bytes of `State`. */
export const STATE_BYTES = 16;
/** Bytes of one `Iteration`. */
export const ITERATION_BYTES = 16;
/** Bytes of one `AssignPartial`. */
export const ASSIGN_PARTIAL_BYTES = 8;

const MAX_FLOAT32 = 3.4028234663852886e38;

/**
 * The initial `State` of a step.
 *
 * @param tolerance largest squared movement that counts as convergence; infinity is allowed
 */
export function packState(forget: boolean, tolerance: number): ArrayBuffer {
  return stateStruct.pack({ halted: 0, ran: 0, forget, tolerance: Math.min(tolerance, MAX_FLOAT32) });
}

/** The iteration at index `at` of a `history` buffer. */
export function unpackIteration(history: DataView, at: number): KMeansIteration {
  const offset = at * ITERATION_BYTES;
  return {
    inertia: history.getFloat32(offset, true),
    changed: history.getUint32(offset + 4, true),
    shift: history.getFloat32(offset + 8, true),
    empty: history.getUint32(offset + 12, true),
  };
}
