import { defineParams } from '../../runtime/params.ts';
import { doubleFloat, splitDouble } from '../common/double-float.ts';
import emModel from './em-model.wgsl';
import emTypes from './em-types.wgsl';
import posterior from './posterior.wgsl';
import statistics from './statistics.wgsl';

export const blockStruct = defineParams('Block', {
  rows: 'u32',
  firstRow: 'u32',
  capacity: 'u32',
  columns: 'u32',
  components: 'u32',
  factorStride: 'u32',
  segments: 'u32',
  segmentRows: 'u32',
  firstPartial: 'u32',
  firstCoefficient: 'u32',
  carry: 'u32',
  guard: 'u32',
});

export const modelStruct = defineParams('Model', {
  columns: 'u32',
  components: 'u32',
  covariances: 'u32',
  variances: 'u32',
  partials: 'u32',
  guard: 'u32',
  regCovar: 'vec2f',
  totalWeight: 'vec2f',
  tolerance: 'f32',
});

/** A block's capacity is a multiple of this: whole segments, and whole workgroups of rows. */
export const ROW_STEP = 512;

/** Source of a kernel that works on a block of rows: it sees `State` and `Block`. */
export function blockSource(source: string): string {
  return [emTypes, source].join('\n');
}

/** Source of a kernel that computes responsibilities of a block: it also sees a running log-sum-exp. */
export function posteriorSource(source: string): string {
  return blockSource([posterior, source].join('\n'));
}

/** Bindings of the kernels that compute responsibilities. */
export const posteriorBindings = {
  points: 'read',
  means: 'read',
  factors: 'read',
  weights: 'read',
  state: 'read',
  results: 'read-write',
  labels: 'read-write',
  partials: 'read-write',
  block: blockStruct,
} as const;

/** Source of a kernel that sums statistics of a block: it also sees `share`, `add_to_slot` and double-floats. */
export function statisticsSource(source: string): string {
  return blockSource([doubleFloat, statistics, source].join('\n'));
}

/** Bindings of the kernels that sum statistics; `block` comes last. */
export const statisticsBindings = {
  points: 'read',
  responsibilities: 'read',
  weights: 'read',
  means: 'read',
  state: 'read',
  totals: 'read-write',
} as const;

/** Source of a kernel that completes an M-step: it sees `State`, `Model` and double-floats. */
export function modelSource(source: string): string {
  return [emTypes, doubleFloat, emModel, source].join('\n');
}

/** A block of rows; see `Block` in em-types.wgsl. */
export interface EmBlock {
  readonly rows: number;
  readonly firstRow: number;
  readonly capacity: number;
  readonly columns: number;
  readonly components: number;
  readonly factorStride: number;
  readonly segments: number;
  readonly segmentRows: number;
  readonly firstPartial: number;
  readonly firstCoefficient: number;
  /** Whether segments are added to the contents of their slots. */
  readonly carry: boolean;
}

export function packBlock(block: EmBlock): ArrayBuffer {
  return blockStruct.pack({
    rows: block.rows,
    firstRow: block.firstRow,
    capacity: block.capacity,
    columns: block.columns,
    components: block.components,
    factorStride: block.factorStride,
    segments: block.segments,
    segmentRows: block.segmentRows,
    firstPartial: block.firstPartial,
    firstCoefficient: block.firstCoefficient,
    carry: block.carry,
    guard: 0,
  });
}

/** Parameters of the kernels that complete an M-step; see `Model` in em-model.wgsl. */
export interface EmModel {
  readonly columns: number;
  readonly components: number;
  readonly covariances: number;
  readonly variances: number;
  readonly partials: number;
  readonly regCovar: number;
  readonly totalWeight: number;
  readonly tolerance: number;
}

export function packModel(model: EmModel): ArrayBuffer {
  const regCovar = splitDouble(model.regCovar);
  const totalWeight = splitDouble(model.totalWeight);
  return modelStruct.pack({
    columns: model.columns,
    components: model.components,
    covariances: model.covariances,
    variances: model.variances,
    partials: model.partials,
    guard: 0,
    regCovar: [regCovar[0], regCovar[1]],
    totalWeight: [totalWeight[0], totalWeight[1]],
    tolerance: model.tolerance,
  });
}

/** Bytes of `State` in em-types.wgsl. */
export const STATE_BYTES = 24;

/** The state of a run of iterations; see `State` in em-types.wgsl. */
export interface EmState {
  /** Whether the tolerance was reached, or a covariance is singular. */
  readonly halted: boolean;
  readonly iterations: number;
  /** Index of the first covariance that is not positive definite. */
  readonly singular: number | undefined;
}

/** The initial state of a run. */
export function packState(previous: number | undefined): Uint8Array {
  const state = new DataView(new ArrayBuffer(STATE_BYTES));
  if (previous !== undefined) {
    const [high, low] = splitDouble(previous);
    state.setUint32(8, 1, true);
    state.setFloat32(16, high, true);
    state.setFloat32(20, low, true);
  }
  return new Uint8Array(state.buffer);
}

/** The final state of a run. */
export function unpackState(bytes: ArrayBuffer): EmState {
  const state = new DataView(bytes);
  const failure = state.getUint32(12, true);
  return {
    halted: state.getUint32(0, true) !== 0,
    iterations: state.getUint32(4, true),
    singular: failure === 0 ? undefined : failure - 1,
  };
}
