import { queryTiles, TILE_CANDIDATES, TILE_QUERIES } from '../../kernels/neighbors/find-neighbors.ts';
import type { DeviceContext } from '../../runtime/device.ts';

/** The most neighbors of a point: the results are sorted by comparing all pairs. */
export const MAX_NEIGHBORS = 1024;

/** The most queries of a block: more do not use a device better. */
const MAX_BLOCK = 65_536;
/** The most bytes of a block's queries: the binding limit of every device. */
const QUERY_BYTES = 128 * 2 ** 20;
/** The most bytes of a block's results. */
const FOUND_BYTES = 32 * 2 ** 20;
/** Workgroups that keep a large device busy: about 4 for each of 132 processors. */
const BUSY_GROUPS = 512;
/** The most entries in all lists of one query that can be sorted quickly. */
const SHORT_LISTS = 512;

/** The shape of a search. */
export interface SearchShape {
  /** At least one. */
  readonly queries: number;
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;
}

/** How a search is divided. */
export interface SearchPlan {
  /** Queries at a time. */
  readonly block: number;
  /** Parts of the candidates that are searched in parallel. */
  readonly parts: number;
  /** Candidates of one dispatch. */
  readonly slice: number;
}

/**
 * Equal blocks that fit memory, and slices that fit the context's budget. With few queries a GPU is partly idle unless
 * candidates are divided, too; emulated GPUs have no idle processors.
 */
export function planSearch(
  { submitBudget, software }: Pick<DeviceContext, 'submitBudget' | 'software'>,
  { queries, rows, columns, neighbors }: SearchShape,
): SearchPlan {
  const affordable = submitBudget / Math.max(TILE_CANDIDATES * columns, neighbors ** 2);
  const fitting = Math.min(
    MAX_BLOCK,
    QUERY_BYTES / (4 * columns),
    FOUND_BYTES / (8 * neighbors),
    // A part of a tile costs as much as a whole one.
    Math.max(TILE_QUERIES, affordable),
  );
  const block = Math.ceil(queries / Math.ceil(queries / Math.max(1, Math.floor(fitting))));
  const tiles = Math.max(1, Math.floor(submitBudget / (block * columns * TILE_CANDIDATES)));
  const parts = Math.min(
    tiles,
    Math.ceil(rows / TILE_CANDIDATES),
    Math.floor(BUSY_GROUPS / queryTiles(block)),
    Math.floor(SHORT_LISTS / neighbors),
  );
  return { block, parts: software ? 1 : Math.max(1, parts), slice: tiles * TILE_CANDIDATES };
}
