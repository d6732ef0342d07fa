import { rangeFields, type RowRange } from '../common/row-range.ts';
import { forPoints, type PointFormat } from '../../points/access.ts';
import {
  defineKernel,
  linearGrid,
  type Grid,
  type Kernel,
  type KernelConstants,
} from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import source from './assign-sums.wgsl';
import { assignBindings, assignTile } from './assign-tile.ts';
import { stateModule } from './state.ts';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  clusters: 'u32',
  groups: 'u32',
  tilesPerGroup: 'u32',
  runTiles: 'u32',
  carry: 'u32',
});

const assignSums = defineKernel('assign-sums', source, {
  ...assignBindings,
  sums: 'read-write',
  params: paramsStruct,
});

/**
 * Nearest centroid (`targets`) of every point, and the sums of each cluster per group of tiles. Constants:
 * `weighted`, `tile_groups`, the plan's, the points'.
 */
export function assignSumsKernel(format: PointFormat): Kernel<keyof typeof assignSums.bindings> {
  return forPoints(assignSums, format, [tileDistances, stateModule, assignTile]);
}

/** How the sums of one session are divided. */
export interface AssignSumsPlan {
  /** Threads that share a row. */
  readonly lanesPerRow: number;
  /** Rows that are added at a time, each with separate sums. */
  readonly rowLanes: number;
  /** Groups of tiles per chunk, each with separate K x (D + 1) partial sums. */
  readonly groups: number;
  /** Tiles that are summed before they are added to a group's sums. */
  readonly runTiles: number;
}

const LANES = 64;
/** Workgroup memory of the kernel without the sums: tiles, partial results, labels. */
const TILE_BYTES = 4352 + 1024 + 512 + 256;
const PARTIAL_BYTES = 32 * 2 ** 20;
/** Enough workgroups for large GPUs, and so few that adding up their sums costs little. */
const MAX_GROUPS = 1024;

/**
 * Chooses how threads share rows and how many groups there are.
 *
 * @param rows rows of the largest chunk
 * @param memory the device's `maxComputeWorkgroupStorageSize`
 * @returns undefined when the sums do not fit workgroup memory
 */
export function planAssignSums(
  rows: number,
  columns: number,
  clusters: number,
  memory: number,
): AssignSumsPlan | undefined {
  const sumsBytes = 4 * clusters * (columns + 1);
  const copies = Math.floor((memory - TILE_BYTES) / sumsBytes);
  if (copies < 1) return undefined;
  const narrow = Math.min(LANES, 2 ** Math.ceil(Math.log2(columns)));
  const rowLanes = Math.min(LANES / narrow, 2 ** Math.floor(Math.log2(copies)));
  const fitting = Math.floor(PARTIAL_BYTES / sumsBytes);
  return {
    lanesPerRow: LANES / rowLanes,
    rowLanes,
    groups: Math.max(1, Math.min(fitting, MAX_GROUPS, pointTiles(rows))),
    // Writing the sums costs as much as one row per cluster, which is little if there are more rows in between.
    runTiles: Math.max(4, Math.ceil((2 * clusters) / LANES)),
  };
}

/** The plan's constants. */
export function assignSumsConstants(
  plan: AssignSumsPlan,
  columns: number,
  clusters: number,
): KernelConstants {
  return {
    lanes_per_row: plan.lanesPerRow,
    row_lanes: plan.rowLanes,
    sums_length: clusters * (columns + 1),
  };
}

/** @param carry whether the sums of an earlier chunk are already there */
export function assignSumsParams(
  plan: AssignSumsPlan,
  chunk: RowRange,
  columns: number,
  clusters: number,
  carry: boolean,
): ArrayBuffer {
  return paramsStruct.pack({
    ...rangeFields(chunk),
    columns,
    clusters,
    groups: plan.groups,
    tilesPerGroup: Math.ceil(pointTiles(chunk.rows) / plan.groups),
    runTiles: plan.runTiles,
    carry,
  });
}

/** One workgroup per group of tiles. */
export function assignSumsGrid(plan: AssignSumsPlan): Grid {
  return linearGrid(plan.groups);
}
