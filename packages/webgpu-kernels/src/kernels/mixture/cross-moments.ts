import { defineKernel, linearGrid, type Grid, type KernelConstants } from '../../runtime/kernel.ts';
import { blockStruct, statisticsBindings, statisticsSource, type EmBlock } from './em-types.ts';
import source from './cross-moments.wgsl';

/**
 * Adds weighted first and cross moments of a block to totals, by segments; use it through `forPoints`. Constants: the
 * plan's, `weighted` (responsibilities count times `weights`).
 */
export const crossMomentsKernel = defineKernel('cross-moments', statisticsSource(source), {
  ...statisticsBindings,
  crossTotals: 'read-write',
  block: blockStruct,
});

/** Elements of a packed lower triangle. */
export function triangleSize(n: number): number {
  return (n * (n + 1)) / 2;
}

/** How threads share a tile of a component's triangle. */
export interface CrossMomentsPlan {
  /** A thread has 8 x 8 results rather than 4 x 4. */
  readonly wide: boolean;
  /** There are several tiles, and all are squares. */
  readonly square: boolean;
  /** Threads along a tile's side. */
  readonly side: number;
  /** Threads that share results, each with different rows. */
  readonly rowLanes: number;
  /** Rows in workgroup memory at a time. */
  readonly tileRows: number;
  /** Tiles, hence workgroups, per component and segment. */
  readonly tiles: number;
}

const MAX_THREADS = 128;
const MAX_SIDE = 8;
/** Vectors of a tile of points in workgroup memory. */
const TILE_VECTORS = 256;
/** With fewer quads of columns, too many of 8 x 8 results are above the diagonal. */
const MIN_WIDE_QUADS = 7;

/** Plans the fewest tiles; with few columns, more threads are left for rows. */
export function planCrossMoments(columns: number): CrossMomentsPlan {
  const quads = Math.ceil(columns / 4);
  const wide = quads >= MIN_WIDE_QUADS;
  const steps = Math.ceil(quads / (wide ? 2 : 1));
  const along = Math.ceil(steps / MAX_SIDE);
  const side = Math.ceil(steps / along);
  const square = along > 1;
  const tileLanes = square ? side * side : triangleSize(side);
  const tileRows = 2 ** Math.floor(Math.log2(TILE_VECTORS / (side * (wide ? 2 : 1))));
  const rowLanes = Math.min(tileRows, 2 ** Math.floor(Math.log2(MAX_THREADS / tileLanes)));
  return { wide, square, side, rowLanes, tileRows, tiles: triangleSize(along) };
}

/** The plan's constants. */
export function crossMomentsConstants(plan: CrossMomentsPlan): KernelConstants {
  return {
    wide: plan.wide ? 1 : 0,
    square: plan.square ? 1 : 0,
    side: plan.side,
    row_lanes: plan.rowLanes,
    tile_rows: plan.tileRows,
  };
}

/** A workgroup per tile, component and segment. */
export function crossMomentsGrid(
  plan: CrossMomentsPlan,
  { components, segments }: Pick<EmBlock, 'components' | 'segments'>,
): Grid {
  return linearGrid(plan.tiles * components * segments);
}
