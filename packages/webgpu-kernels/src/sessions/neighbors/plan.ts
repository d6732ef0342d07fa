import { queryTiles, TILE_CANDIDATES, TILE_QUERIES } from '../../kernels/neighbors/find-neighbors.ts';
import type { DeviceContext } from '../../runtime/device.ts';

/** Most neighbors of a point: the order of what was found is settled by comparing all of it with all. */
export const MAX_NEIGHBORS = 1024;

/** Queries of a block at most: more do not make a device any busier. */
const MAX_BLOCK = 65_536;
/** Bytes that a block's queries may take: what every device binds. */
const QUERY_BYTES = 128 * 2 ** 20;
/** Bytes that what is found for a block may take. */
const FOUND_BYTES = 32 * 2 ** 20;
/** Workgroups that keep a large device busy: some 4 for each of 132 processors. */
const BUSY_GROUPS = 512;
/** Entries of one query's lists that are quickly put in order. */
const SHORT_LISTS = 512;

/** What is searched. */
export interface SearchShape {
  /** At least one. */
  readonly queries: number;
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;
}

/** How a search is cut up. */
export interface SearchPlan {
  /** Queries at a time. */
  readonly block: number;
  /** Parts of the candidates that are searched in parallel. */
  readonly parts: number;
  /** Candidates of one dispatch. */
  readonly slice: number;
}

/**
 * Equal blocks that fit memory, and slices that fit the context's budget. Few queries leave a GPU idle unless candidates
 * are divided, too; emulated ones have no processors to spare.
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
    // Less than a tile costs as much.
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
