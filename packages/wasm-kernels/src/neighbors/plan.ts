import type { Matrix } from '@shoal/core';
import { TILE_CANDIDATES, type NeighborSettings, type NeighborThreadSettings } from '../kernels.ts';
import { Layout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { threadsFor, type WorkOptions } from '../work.ts';

/** Queries whose neighbours are found before they are copied out. */
const TABLE_ROWS = 4096;
/** Bytes of a chunk's queries, which are read once per tile of points: they stay in a processor's second cache. */
const BLOCK_BYTES = 64 * 1024;
/** Queries of a chunk: from where reading the points for each chunk anew is cheap, to where threads still share evenly. */
const FEWEST_QUERIES = 16;
const MOST_QUERIES = 128;

/** Where a search's arrays lie, and how its work is cut. */
export interface NeighborPlan {
  readonly layout: Layout;
  readonly points: PointPlan;
  readonly threads: number;
  readonly tableRows: number;
  /** Floats of a padded row. */
  readonly stride: number;
  readonly settings: NeighborSettings;
  readonly settingsOf: (thread: number) => NeighborSettings & NeighborThreadSettings;
}

export function planNeighbors(source: Matrix, neighbors: number, work: WorkOptions): NeighborPlan {
  const { rows, columns } = source;
  const layout = new Layout();
  const points = planPoints(source, layout, { isWeighted: false, rawBytes: true, keepsNorms: false });
  const threads = threadsFor(rows * columns * Math.min(rows, TABLE_ROWS), work);
  const stride = 4 * Math.ceil(columns / 4);
  const fitting = Math.floor(BLOCK_BYTES / (4 * stride));
  const chunkRows = 4 * Math.ceil(Math.min(MOST_QUERIES, Math.max(FEWEST_QUERIES, fitting)) / 4);
  const rooms = {
    queryBlock: layout.reserveEach(threads, 4 * chunkRows * stride),
    candidateTile: layout.reserveEach(threads, 4 * TILE_CANDIDATES * stride),
    queryLimits: layout.reserveEach(threads, 4 * chunkRows),
  };
  const settings = {
    ...points.settings,
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
    settings,
    settingsOf: (thread) => ({ ...settings, ...roomsOf(rooms, thread) }),
  };
}
