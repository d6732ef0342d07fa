import { defineKernel, linearGrid, type Grid, type KernelConstants } from '../../runtime/kernel.ts';
import { blockStruct, statisticsBindings, statisticsSource, type EmBlock } from './em-types.ts';
import source from './moments.wgsl';

/**
 * Adds weighted first and second moments of a block to totals, by segments; use it through `forPoints`. Constants: the
 * plan's, `weighted` (responsibilities count times `weights`).
 */
export const momentsKernel = defineKernel('moments', statisticsSource(source), {
  ...statisticsBindings,
  block: blockStruct,
});

/** Number of sums of a segment: N, D first and D second moments per component. */
export function momentElements(components: number, columns: number): number {
  return components * (1 + 2 * columns);
}

/** How threads share a tile of components and columns. */
export interface MomentsPlan {
  readonly componentLanes: number;
  readonly columnLanes: number;
  /** Threads that share results, each with different rows. */
  readonly rowLanes: number;
  /** Rows in workgroup memory at a time. */
  readonly tileRows: number;
  /** Workgroups per segment. */
  readonly tiles: number;
}

const THREADS = 64;
const MAX_LANES = 16;
/** The most rows of a tile for one thread: a run of f32 sums. */
const RUN_ROWS = 32;
/** Vectors of points and shares in workgroup memory. */
const TILE_VECTORS = 768;

/** Plans tiles with the fewest lanes past the last component and column. */
export function planMoments(columns: number, components: number): MomentsPlan {
  const columnQuads = Math.ceil(columns / 4);
  const componentQuads = Math.ceil(components / 4);
  const componentLanes = evenly(componentQuads, THREADS / evenly(columnQuads, 8));
  const columnLanes = evenly(columnQuads, Math.floor(THREADS / componentLanes));
  const rowLanes = 2 ** Math.floor(Math.log2(THREADS / (componentLanes * columnLanes)));
  const fitting = 2 ** Math.floor(Math.log2(TILE_VECTORS / (componentLanes + columnLanes)));
  return {
    componentLanes,
    columnLanes,
    rowLanes,
    tileRows: Math.min(RUN_ROWS * rowLanes, fitting, 256),
    tiles: Math.ceil(columnQuads / columnLanes) * Math.ceil(componentQuads / componentLanes),
  };
}

/** The size of parts when `count` is divided into the fewest parts of at most `most`, of nearly equal size. */
function evenly(count: number, most: number): number {
  const limit = Math.min(MAX_LANES, Math.floor(most));
  return Math.ceil(count / Math.ceil(count / limit));
}

/** The plan's constants. */
export function momentsConstants(plan: MomentsPlan): KernelConstants {
  return {
    component_lanes: plan.componentLanes,
    column_lanes: plan.columnLanes,
    row_lanes: plan.rowLanes,
    tile_rows: plan.tileRows,
  };
}

/** A workgroup per tile and segment. */
export function momentsGrid(plan: MomentsPlan, { segments }: Pick<EmBlock, 'segments'>): Grid {
  return linearGrid(plan.tiles * segments);
}
