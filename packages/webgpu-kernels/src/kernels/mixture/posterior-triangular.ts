import { defineKernel, linearGrid, type Grid, type KernelConstants } from '../../runtime/kernel.ts';
import { posteriorBindings, posteriorSource, type EmBlock } from './em-types.ts';
import source from './posterior-triangular.wgsl';

/**
 * Responsibilities of a block of rows, for full and tied covariance; use it through `forPoints`. The coefficients follow the
 * `means`. Constants: the plan's, `weighted` (the bound counts `weights`), `record` (log-likelihoods and labels instead of
 * responsibilities).
 */
export const posteriorTriangularKernel = defineKernel(
  'posterior-triangular',
  posteriorSource(source),
  posteriorBindings,
);

/** How threads share a tile of rows and columns. */
export interface PosteriorTriangularPlan {
  /** Threads that share eight rows. */
  readonly lanes: number;
  /** Quads of columns of a tile for each thread. */
  readonly groups: number;
  readonly rowLanes: number;
  /** Rows of a workgroup; each has one sum of log-likelihoods. */
  readonly rows: number;
}

const MAX_LANES = 8;
/** Elements of a tile of points in workgroup memory. */
const TILE_ELEMENTS = 2048;

/** Plans the fewest tiles of columns; with few columns, more threads are left for rows. */
export function planPosteriorTriangular(columns: number): PosteriorTriangularPlan {
  const quads = Math.ceil(columns / 4);
  const tiles = Math.ceil(quads / (2 * MAX_LANES));
  const perTile = Math.ceil(quads / tiles);
  const groups = perTile > MAX_LANES ? 2 : 1;
  const lanes = Math.ceil(perTile / groups);
  const rowLanes = lanes <= 2 ? 64 : lanes <= 4 ? 32 : 16;
  return { lanes, groups, rowLanes, rows: 8 * rowLanes };
}

/** The plan's constants. */
export function posteriorTriangularConstants({
  lanes,
  groups,
  rowLanes,
  rows,
}: PosteriorTriangularPlan): KernelConstants {
  return { lanes, groups, row_lanes: rowLanes, inner: TILE_ELEMENTS / rows };
}

/** A workgroup per tile of rows. */
export function posteriorTriangularGrid(
  plan: PosteriorTriangularPlan,
  { rows }: Pick<EmBlock, 'rows'>,
): Grid {
  return linearGrid(Math.ceil(rows / plan.rows));
}
