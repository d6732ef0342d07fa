import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { linearGrid, type Grid } from '../../runtime/kernel.ts';
import { queryTiles } from '../neighbors/find-neighbors.ts';

/** Queries that are compared with slices of the points; their values are float32, queries x columns. */
export interface TiledQueries {
  /** Number of queries. */
  readonly queries: number;
  readonly columns: number;
  /** Parts into which candidates are divided, with separate results, so that they can be searched in parallel. */
  readonly parts: number;
}

/** Candidates of one dispatch, within a chunk of points. */
export interface TiledSlice {
  readonly chunkStart: number;
  readonly first: number;
  readonly end: number;
  /** Whether this is the first search: then results need not be initialized before. */
  readonly fresh: boolean;
}

/** What the kernels know of queries and candidates, as fields of their parameters. */
export const TILED_SLICE = {
  chunkStart: 'u32',
  first: 'u32',
  end: 'u32',
  columns: 'u32',
  queries: 'u32',
  parts: 'u32',
  fresh: 'u32',
} as const;

export function tiledGrid({ queries, parts }: TiledQueries): Grid {
  return linearGrid(queryTiles(queries) * parts);
}

/**
 * Three operations for each (q - x)^2; queries, candidates and results are counted once, as if repeated reads came from
 * caches.
 */
export function tileWork(
  { queries, columns, parts }: TiledQueries,
  candidates: number,
  valueBytes: number,
  resultBytes: number,
): DispatchWork {
  return {
    flops: 3 * queries * candidates * columns,
    bytes: 4 * queries * columns + valueBytes * candidates * columns + resultBytes * queries * parts,
  };
}
