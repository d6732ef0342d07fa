import { UnsupportedError } from '@shoal/core';
import { STATE_BYTES } from '../../kernels/mixture/em-types.ts';
import type { BufferScope, BufferSlice } from '../../runtime/buffers.ts';
import type { MixturePlan } from './plan.ts';

/** The most lower bounds of one run of iterations on the device. */
export const HISTORY_LENGTH = 1024;

/** Start of the history in the progress buffer: bindings start at multiples of 256 bytes. */
export const HISTORY_OFFSET = 256;

/** The buffers of a mixture session besides the points. */
export interface MixtureBuffers {
  /** State of the run and history of its bounds in one buffer, read together; see `state` and `history`. */
  readonly progress: GPUBuffer;
  readonly state: BufferSlice;
  readonly history: BufferSlice;
  /** Parameters. */
  readonly mixing: GPUBuffer;
  /** K x D means, then the coefficients. */
  readonly means: GPUBuffer;
  readonly coefficients: BufferSlice;
  readonly covariances: GPUBuffer;
  /** The inputs of the E-step, from the parameters. */
  readonly factors: GPUBuffer;
  readonly logDeterminants: GPUBuffer;
  readonly failures: GPUBuffer;
  /** Per point. */
  readonly weights: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly logLikelihoods: GPUBuffer;
  /** Scratch of one block. */
  readonly responsibilities: GPUBuffer;
  /** Slots of totals over all blocks; at the end, the first has the sum of all slots. */
  readonly moments: GPUBuffer;
  readonly crossMoments: GPUBuffer;
  readonly deltas: GPUBuffer;
  readonly boundPartials: GPUBuffer;
  /** Cholesky factors, double-float. */
  readonly cholesky: GPUBuffer;
}

/**
 * Allocates a mixture's buffers. Call it inside `DeviceContext.guard`.
 *
 * @param partials number of partial sums of log-likelihoods
 * @throws {UnsupportedError} when a buffer exceeds a limit of the device
 */
export function allocateMixture(
  scope: BufferScope,
  limits: Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>,
  plan: MixturePlan,
  rows: number,
  partials: number,
  weights: Float32Array | undefined,
): MixtureBuffers {
  const { columns, components } = plan;
  const storage = (what: string, bytes: number, limit = limits.maxStorageBufferBindingSize): GPUBuffer => {
    if (bytes > Math.min(limit, limits.maxBufferSize)) {
      throw new UnsupportedError(
        `A mixture of ${components} components in ${columns} columns needs ${bytes} bytes for its ${what}, but ` +
          `this device allows ${Math.min(limit, limits.maxBufferSize)} in one buffer; use fewer components or ` +
          `columns, or diagonal covariances.`,
      );
    }
    return scope.storage(`mixture ${what}`, bytes);
  };
  // Arrays over all points are bound one block at a time, with four rows per vector.
  const perPoint = (what: string): GPUBuffer => storage(what, 16 * Math.ceil(rows / 4), limits.maxBufferSize);
  const means = storage('means', 4 * (plan.firstCoefficient + components));
  const progress = storage('progress', HISTORY_OFFSET + 8 * HISTORY_LENGTH);
  return {
    progress,
    state: { buffer: progress, offset: 0, size: STATE_BYTES },
    history: { buffer: progress, offset: HISTORY_OFFSET, size: 8 * HISTORY_LENGTH },
    mixing: storage('mixing weights', 4 * components),
    means,
    coefficients: { buffer: means, offset: 4 * plan.firstCoefficient, size: 4 * components },
    covariances: storage('covariances', 8 * plan.covarianceElements),
    factors: storage('precision factors', 4 * plan.factorElements),
    logDeterminants: storage('log-determinants', 4 * components),
    failures: storage('failures', 4 * components),
    weights: weights === undefined ? storage('absent weights', 4) : scope.upload('mixture weights', weights),
    labels: perPoint('labels'),
    logLikelihoods: perPoint('log-likelihoods'),
    responsibilities: storage('responsibilities', 4 * plan.capacity * components),
    moments: storage('moments', 8 * plan.slots * plan.momentElements),
    crossMoments: storage('cross moments', 8 * plan.slots * plan.crossElements),
    deltas: storage('movements', 8 * components * columns),
    boundPartials: storage('partial bounds', 4 * partials),
    cholesky: storage('Cholesky factors', plan.triangular ? 8 * plan.factorElements : 4),
  };
}
