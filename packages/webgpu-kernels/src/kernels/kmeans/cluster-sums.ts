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
import source from './cluster-sums.wgsl';
import { stateModule } from './state.ts';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  clusters: 'u32',
  blocks: 'u32',
  rowsPerBlock: 'u32',
  runRows: 'u32',
  carry: 'u32',
});

const clusterSums = defineKernel('cluster-sums', source, {
  points: 'read',
  labels: 'read',
  weights: 'read',
  state: 'read',
  partials: 'read-write',
  params: paramsStruct,
});

/** Sums of the points of each cluster, per block of rows. Constants: `weighted`, the tile's, the points'. */
export function clusterSumsKernel(format: PointFormat): Kernel<keyof typeof clusterSums.bindings> {
  return forPoints(clusterSums, format, [stateModule]);
}

/** How the sums of one k-means session are divided. */
export interface ClusterSumsPlan {
  readonly columnsPerGroup: number;
  readonly clustersPerGroup: number;
  /** Blocks of rows per chunk, each with separate K x (D + 1) partial sums. */
  readonly blocks: number;
  /** Rows that are summed before they are added to a block's sums. */
  readonly runRows: number;
  /** Whether a tile's rows are marked before they are added. */
  readonly marked: boolean;
  /** Threads that share a column. */
  readonly lanes: number;
}

/** Threads of a workgroup: columns of a tile, times the threads that share a column. */
const GROUP_LANES = 64;
/** Floats of workgroup memory: 16 KiB, which every device has, minus the padding of its three arrays. */
const TILE_FLOATS = 4096 - 12;
/** Words of marks for each thread that shares a column. */
const MARK_WORDS = 8;
/**
 * From this number of tiles of clusters on, marking rows was measured to be faster than reading all rows in every thread.
 */
const MARKED_TILES = 8;
const PARTIAL_BYTES = 32 * 2 ** 20;
const MAX_BLOCKS = 1024;
const MIN_ROWS_PER_BLOCK = 64;

/**
 * Chooses the tile and the number of blocks: narrow tiles when there are few columns, and as many blocks as keep the
 * partial sums within 32 MiB, and below the number of points.
 *
 * @param rows rows of the largest chunk
 */
export function planClusterSums(rows: number, columns: number, clusters: number): ClusterSumsPlan {
  const columnsPerGroup = Math.min(GROUP_LANES, 2 ** Math.ceil(Math.log2(columns)));
  const clustersThatFit = (words: number): number =>
    Math.floor((TILE_FLOATS - words) / (columnsPerGroup + 1));
  const marked = clusters > (MARKED_TILES - 1) * clustersThatFit(MARK_WORDS);
  const lanes = marked ? GROUP_LANES / columnsPerGroup : 1;
  const fitting = Math.floor(PARTIAL_BYTES / (4 * clusters * (columns + 1)));
  // A block writes a row per cluster: with fewer rows per block, there would be more sums than points.
  const enough = Math.ceil(rows / Math.max(MIN_ROWS_PER_BLOCK, clusters));
  return {
    columnsPerGroup,
    clustersPerGroup: Math.min(clusters, clustersThatFit(MARK_WORDS * lanes)),
    blocks: Math.max(1, Math.min(fitting, MAX_BLOCKS, enough)),
    // Writing a tile costs as much as one row per cluster, which is little if there are more rows in between.
    runRows: Math.max(256, 2 * clusters),
    marked,
    lanes,
  };
}

/** The tile's constants. */
export function clusterSumsConstants(plan: ClusterSumsPlan): KernelConstants {
  const { columnsPerGroup, clustersPerGroup, lanes, marked } = plan;
  return {
    columns_per_group: columnsPerGroup,
    clusters_per_group: clustersPerGroup,
    lanes,
    marked: marked ? 1 : 0,
  };
}

/** @param carry whether an earlier chunk's sums are already in `partials` */
export function clusterSumsParams(
  plan: ClusterSumsPlan,
  chunk: RowRange,
  columns: number,
  clusters: number,
  carry: boolean,
): ArrayBuffer {
  return paramsStruct.pack({
    ...rangeFields(chunk),
    columns,
    clusters,
    blocks: plan.blocks,
    rowsPerBlock: Math.ceil(chunk.rows / plan.blocks),
    runRows: plan.runRows,
    carry,
  });
}

/** One workgroup per block of rows, tile of columns and tile of clusters. */
export function clusterSumsGrid(plan: ClusterSumsPlan, columns: number, clusters: number): Grid {
  const columnTiles = Math.ceil(columns / plan.columnsPerGroup);
  const clusterTiles = Math.ceil(clusters / plan.clustersPerGroup);
  return linearGrid(plan.blocks * columnTiles * clusterTiles);
}
