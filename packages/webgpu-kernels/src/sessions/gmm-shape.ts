import type { CovarianceType } from '@shoal/core';
import { triangleSize } from '../kernels/gmm/cross-moment-partials.ts';
import { BOUND_ROWS, SEGMENT_ROWS, type EmBlock, type EmModel } from '../kernels/gmm/em-types.ts';
import { momentElements } from '../kernels/gmm/moment-partials.ts';
import type { PointChunk } from '../points/device-points.ts';

/** Bytes that responsibilities and partial sums of one block may take together. */
const SCRATCH_BYTES = 32 * 2 ** 20;

/** Segments of a block at most: 16,384 rows. */
const MAX_SEGMENTS = 32;

/** Sizes that follow from a mixture's shape. */
export interface MixtureShape {
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** Covariances are matrices (full, tied) rather than variances (diag, spherical). */
  readonly triangular: boolean;
  /** Covariances: one per component, or 1 that they share. */
  readonly covariances: number;
  /** Variances per component of a diagonal or spherical covariance; `columns` for matrices. */
  readonly variances: number;
  /** Stored elements of all covariances: packed lower triangles, or variances. */
  readonly covarianceElements: number;
  /** Elements of all precision factors: D x D lower triangular matrices, or inverse deviations. */
  readonly factorElements: number;
  /** Elements from one component's precision factor to the next. */
  readonly factorStride: number;
  /** Sums per segment: weights and first and second moments. */
  readonly momentElements: number;
  /** Sums per segment of cross moments; 0 when covariances are not matrices. */
  readonly crossElements: number;
  /** Segments per block. */
  readonly segments: number;
  /** Rows per block. */
  readonly capacity: number;
}

export function mixtureShape(
  columns: number,
  components: number,
  covarianceType: CovarianceType,
): MixtureShape {
  const triangular = covarianceType === 'full' || covarianceType === 'tied';
  const covariances = covarianceType === 'tied' ? 1 : components;
  const variances = covarianceType === 'spherical' ? 1 : columns;
  const crossElements = triangular ? components * triangleSize(columns) : 0;
  const moments = momentElements(components, columns);
  const segmentBytes = 4 * (moments + crossElements + SEGMENT_ROWS * components);
  const segments = Math.max(1, Math.min(MAX_SEGMENTS, Math.floor(SCRATCH_BYTES / segmentBytes)));
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
    segments,
    capacity: segments * SEGMENT_ROWS,
  };
}

/** Multiply-adds per row of the most expensive kernel. */
export function rowCost({ columns, components, triangular }: MixtureShape): number {
  return components * columns * (triangular ? columns : 4);
}

/** A block of rows within one chunk of points. */
export interface PlannedBlock extends EmBlock {
  readonly chunk: PointChunk;
}

/** Cuts chunks into blocks of at most `capacity` rows. */
export function planBlocks(shape: MixtureShape, chunks: readonly PointChunk[]): readonly PlannedBlock[] {
  const { capacity, columns, components, factorStride } = shape;
  const blocks: PlannedBlock[] = [];
  let firstPartial = 0;
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.rows; start += capacity) {
      const rows = Math.min(capacity, chunk.rows - start);
      const segments = Math.ceil(rows / SEGMENT_ROWS);
      const firstRow = chunk.start + start;
      blocks.push({
        chunk,
        rows,
        firstRow,
        capacity,
        columns,
        components,
        factorStride,
        segments,
        firstPartial,
      });
      firstPartial += Math.ceil(rows / BOUND_ROWS);
    }
  }
  return blocks;
}

/** Partial sums of log-likelihoods that the blocks make. */
export function boundPartials(blocks: readonly PlannedBlock[]): number {
  const last = blocks.at(-1);
  return last === undefined ? 0 : last.firstPartial + Math.ceil(last.rows / BOUND_ROWS);
}

/** The uniform of the kernels that close an M-step. */
export function modelOf(
  shape: MixtureShape,
  run: Pick<EmModel, 'partials' | 'regCovar' | 'totalWeight' | 'tolerance'>,
): EmModel {
  const { columns, components, covariances, variances } = shape;
  return { columns, components, covariances, variances, ...run };
}
