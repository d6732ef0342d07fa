import type { CovarianceType } from '@shoal/core';
import {
  planCrossMoments,
  triangleSize,
  type CrossMomentsPlan,
} from '../../kernels/mixture/cross-moments.ts';
import { ROW_STEP, type EmBlock, type EmModel } from '../../kernels/mixture/em-types.ts';
import { momentElements, planMoments, type MomentsPlan } from '../../kernels/mixture/moments.ts';
import {
  planPosteriorDiagonal,
  type PosteriorDiagonalPlan,
} from '../../kernels/mixture/posterior-diagonal.ts';
import {
  planPosteriorTriangular,
  type PosteriorTriangularPlan,
} from '../../kernels/mixture/posterior-triangular.ts';
import type { PointChunk } from '../../points/device-points.ts';

/** The most bytes of the responsibilities of one block and the slots of totals together. */
const SCRATCH_BYTES = 64 * 2 ** 20;

/** The most rows of a block: enough workgroups for large GPUs. */
const MAX_ROWS = 2 ** 17;

/** The most rows of a segment, within the error bounds of the kernels. */
const MAX_SEGMENT_ROWS = 2048;

/** Enough workgroups for the statistics of a block; more would only need more slots. */
const TARGET_WORKGROUPS = 2048;

/** The kernels of a covariance type, and how their threads share the work. */
type MixtureKernels =
  | {
      readonly triangular: true;
      readonly posterior: PosteriorTriangularPlan;
      readonly statistics: CrossMomentsPlan;
    }
  | {
      readonly triangular: false;
      readonly posterior: PosteriorDiagonalPlan;
      readonly statistics: MomentsPlan;
    };

/** Sizes that follow from the shape of a mixture. */
export interface MixturePlan {
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** Covariances are matrices (full, tied) rather than variances (diag, spherical). */
  readonly triangular: boolean;
  /** Number of covariances: one per component, or 1 for all. */
  readonly covariances: number;
  /** Number of variances per component of a diagonal or spherical covariance; `columns` for matrices. */
  readonly variances: number;
  /** Stored elements of all covariances: packed lower triangles, or variances. */
  readonly covarianceElements: number;
  /** Elements of all precision factors: D x D lower triangular matrices, or inverse deviations. */
  readonly factorElements: number;
  /** Elements from one component's precision factor to the next. */
  readonly factorStride: number;
  /** Number of totals per slot: weights and first and second moments. */
  readonly momentElements: number;
  /** Number of totals per slot of cross moments; 0 when covariances are not matrices. */
  readonly crossElements: number;
  readonly kernels: MixtureKernels;
  /** Start of the coefficients in the buffer of the means, in elements. */
  readonly firstCoefficient: number;
  /** Rows per block. */
  readonly capacity: number;
  /** Rows per segment. */
  readonly segmentRows: number;
  /** The most segments of a block, each with a slot of totals. */
  readonly slots: number;
}

/** @param rows rows of the largest chunk of points */
export function planMixture(
  columns: number,
  components: number,
  covarianceType: CovarianceType,
  rows: number,
): MixturePlan {
  const triangular = isTriangular(covarianceType);
  const covariances = covarianceType === 'tied' ? 1 : components;
  const variances = covarianceType === 'spherical' ? 1 : columns;
  const crossElements = triangular ? components * triangleSize(columns) : 0;
  const moments = momentElements(components, columns);
  const kernels: MixtureKernels = triangular
    ? {
        triangular,
        posterior: planPosteriorTriangular(columns),
        statistics: planCrossMoments(columns),
      }
    : {
        triangular,
        posterior: planPosteriorDiagonal(components),
        statistics: planMoments(columns, components),
      };
  const workgroups = kernels.statistics.tiles * (triangular ? components : 1);
  const segmentRows = Math.min(
    MAX_SEGMENT_ROWS,
    ROW_STEP * Math.max(1, Math.floor((workgroups * MAX_ROWS) / ROW_STEP / TARGET_WORKGROUPS)),
  );
  const segmentBytes = 8 * (moments + crossElements) + 4 * segmentRows * components;
  const fitting = Math.max(1, Math.floor(SCRATCH_BYTES / segmentBytes));
  const slots = Math.min(fitting, Math.ceil(Math.min(rows, MAX_ROWS) / segmentRows));
  return {
    columns,
    components,
    covarianceType,
    triangular,
    covariances,
    variances,
    covarianceElements: covariances * (triangular ? triangleSize(columns) : variances),
    factorElements: covariances * (triangular ? columns * columns : variances),
    factorStride: covarianceType === 'tied' ? 0 : triangular ? columns * columns : variances,
    momentElements: moments,
    crossElements,
    kernels,
    // Bindings start at multiples of 256 bytes.
    firstCoefficient: Math.ceil((components * columns) / 64) * 64,
    capacity: slots * segmentRows,
    segmentRows,
    slots,
  };
}

/** Multiply-adds per row of the most expensive kernel. */
export function rowCost(columns: number, components: number, covarianceType: CovarianceType): number {
  return components * columns * (isTriangular(covarianceType) ? columns : 4);
}

/** Whether covariances are matrices (full, tied) rather than variances (diag, spherical). */
function isTriangular(covarianceType: CovarianceType): boolean {
  return covarianceType === 'full' || covarianceType === 'tied';
}

/** A block of rows within one chunk of points. */
export interface PlannedBlock extends EmBlock {
  readonly chunk: PointChunk;
}

/** Divides chunks into blocks of at most `capacity` rows. */
export function planBlocks(plan: MixturePlan, chunks: readonly PointChunk[]): readonly PlannedBlock[] {
  const { capacity, columns, components, factorStride, segmentRows, firstCoefficient } = plan;
  const blocks: PlannedBlock[] = [];
  let firstPartial = 0;
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.rows; start += capacity) {
      const rows = Math.min(capacity, chunk.rows - start);
      const firstRow = chunk.start + start;
      blocks.push({
        chunk,
        rows,
        firstRow,
        capacity,
        columns,
        components,
        factorStride,
        segments: Math.ceil(rows / segmentRows),
        segmentRows,
        firstPartial,
        firstCoefficient,
        carry: blocks.length > 0,
      });
      firstPartial += Math.ceil(rows / plan.kernels.posterior.rows);
    }
  }
  return blocks;
}

/** Number of partial sums of log-likelihoods of all blocks. */
export function boundPartials(plan: MixturePlan, blocks: readonly PlannedBlock[]): number {
  const last = blocks.at(-1);
  return last === undefined ? 0 : last.firstPartial + Math.ceil(last.rows / plan.kernels.posterior.rows);
}

/** The uniform of the kernels that complete an M-step. */
export function modelOf(
  plan: MixturePlan,
  run: Pick<EmModel, 'partials' | 'regCovar' | 'totalWeight' | 'tolerance'>,
): EmModel {
  const { columns, components, covariances, variances } = plan;
  return { columns, components, covariances, variances, ...run };
}
