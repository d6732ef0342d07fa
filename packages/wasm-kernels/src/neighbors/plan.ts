import type { Matrix } from '@shoal/core';
import { TILE_CANDIDATES, type NeighborGlobals, type NeighborThreadGlobals } from '../kernels.ts';
import { MemoryLayout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { threadsFor, type WorkOptions } from '../work.ts';

/** Queries whose neighbors are found before they are copied out. */
const TABLE_ROWS = 4096;
/**
 * Bytes of the queries of a chunk. They are read once per tile of points, so they must stay in a processor's second-level
 * cache.
 */
const BLOCK_BYTES = 64 * 1024;
/**
 * Least and most queries of a chunk: enough that reading all points for each chunk is cheap, few enough for threads to share
 * evenly.
 */
const MIN_QUERIES = 16;
const MAX_QUERIES = 128;

/** Where the arrays of a search are, and how its work is divided. */
export interface NeighborPlan {
  readonly layout: MemoryLayout;
  readonly points: PointPlan;
  readonly threads: number;
  readonly tableRows: number;
  /** Floats of a padded row. */
  readonly stride: number;
  readonly globals: NeighborGlobals;
  readonly globalsOf: (thread: number) => NeighborGlobals & NeighborThreadGlobals;
}

export function planNeighbors(source: Matrix, neighbors: number, work: WorkOptions): NeighborPlan {
  const { rows, columns } = source;
  const layout = new MemoryLayout();
  const points = planPoints(source, layout, { isWeighted: false, rawBytes: true, keepsNorms: false });
  const threads = threadsFor(rows * columns * Math.min(rows, TABLE_ROWS), work);
  const stride = 4 * Math.ceil(columns / 4);
  const fitting = Math.floor(BLOCK_BYTES / (4 * stride));
  const chunkRows = 4 * Math.ceil(Math.min(MAX_QUERIES, Math.max(MIN_QUERIES, fitting)) / 4);
  const rooms = {
    queryBlock: layout.reserveEach(threads, 4 * chunkRows * stride),
    candidateTile: layout.reserveEach(threads, 4 * TILE_CANDIDATES * stride),
    queryLimits: layout.reserveEach(threads, 4 * chunkRows),
  };
  const globals = {
    ...points.globals,
    chunkRows,
    neighborCount: neighbors,
    queryTable: layout.reserve(4 * TABLE_ROWS * stride),
    foundRows: layout.reserve(4 * TABLE_ROWS * neighbors),
    foundSquares: layout.reserve(4 * TABLE_ROWS * neighbors),
  };
  return {
    layout,
    points,
    threads,
    tableRows: TABLE_ROWS,
    stride,
    globals,
    globalsOf: (thread) => ({ ...globals, ...roomsOf(rooms, thread) }),
  };
}
