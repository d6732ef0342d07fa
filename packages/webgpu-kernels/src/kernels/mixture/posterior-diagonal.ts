import { defineKernel, linearGrid, type Grid, type KernelConstants } from '../../runtime/kernel.ts';
import { posteriorBindings, posteriorSource, type EmBlock } from './em-types.ts';
import source from './posterior-diagonal.wgsl';

/**
 * Responsibilities of a block of rows, for diagonal and spherical covariance; use it through `forPoints`. The coefficients
 * follow the `means`. Constants: the plan's, `weighted` (the bound counts `weights`), `record` (log-likelihoods and labels
 * instead of responsibilities).
 */
export const posteriorDiagonalKernel = defineKernel(
  'posterior-diagonal',
  posteriorSource(source),
  posteriorBindings,
);

/** How threads share a tile of rows and components. */
export interface PosteriorDiagonalPlan {
  /** Threads that share four rows. */
  readonly lanes: number;
  /** Quads of components of a tile for each thread. */
  readonly groups: number;
  /** Rows of a workgroup; each has one sum of log-likelihoods. */
  readonly rows: number;
}

const THREADS = 64;
const MAX_GROUPS = 4;
const MAX_LANES = 4;

/** The fewest tiles, and the fewest threads per row, with few unused components past the last. */
export function planPosteriorDiagonal(components: number): PosteriorDiagonalPlan {
  const quads = Math.ceil(components / 4);
  const tiles = Math.ceil(quads / (MAX_GROUPS * MAX_LANES));
  const perTile = Math.ceil(quads / tiles);
  const lanes = 2 ** Math.ceil(Math.log2(Math.ceil(perTile / MAX_GROUPS)));
  return { lanes, groups: Math.ceil(perTile / lanes), rows: (4 * THREADS) / lanes };
}

/** The plan's constants. */
export function posteriorDiagonalConstants({ lanes, groups }: PosteriorDiagonalPlan): KernelConstants {
  return { lanes, groups };
}

/** A workgroup per tile of rows. */
export function posteriorDiagonalGrid(plan: PosteriorDiagonalPlan, { rows }: Pick<EmBlock, 'rows'>): Grid {
  return linearGrid(Math.ceil(rows / plan.rows));
}
