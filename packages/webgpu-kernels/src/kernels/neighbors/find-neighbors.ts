import { forPoints, type PointFormat } from '../../points/access.ts';
import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './find-neighbors.wgsl';
import lists from './neighbor-lists.wgsl';
import tiles from './query-tiles.wgsl';

const sliceStruct = defineParams('Slice', {
  chunkStart: 'u32',
  first: 'u32',
  end: 'u32',
  columns: 'u32',
  queries: 'u32',
  own: 'u32',
  neighbors: 'u32',
  parts: 'u32',
  fresh: 'u32',
});

const findNeighbors = defineKernel('find-neighbors', source, {
  points: 'read',
  queries: 'read',
  lists: 'read-write',
  slice: sliceStruct,
});

/** Queries, and candidates, of one tile. */
export const TILE_QUERIES = 128;
export const TILE_CANDIDATES = 64;

/** Bytes of an entry of a list: the bits of a squared distance, and a row. */
export const ENTRY_BYTES = 8;

/** Adds candidates to the lists of the nearest so far: queries x parts x neighbors entries. Constants: the points'. */
export function findNeighborsKernel(format: PointFormat): Kernel<keyof typeof findNeighbors.bindings> {
  return forPoints(findNeighbors, format, [tiles, lists]);
}

/** The queries of a search. */
export interface NeighborQueries {
  /** Number of queries; their values are float32, queries x columns. */
  readonly count: number;
  /**
   * If queries are rows of the points, which do not find themselves: the row of the first one. Otherwise the number of
   * points.
   */
  readonly own: number;
  readonly columns: number;
  readonly neighbors: number;
  /** Parts into which candidates are divided, with separate lists, so that they can be searched in parallel. */
  readonly parts: number;
}

/** Candidates of one dispatch, within a chunk of points. */
export interface CandidateSlice {
  readonly chunkStart: number;
  readonly first: number;
  readonly end: number;
  /** Whether this is the first search: then lists need not be initialized before. */
  readonly fresh: boolean;
}

export function findNeighborsSlice(queries: NeighborQueries, slice: CandidateSlice): ArrayBuffer {
  return sliceStruct.pack({
    chunkStart: slice.chunkStart,
    first: slice.first,
    end: slice.end,
    columns: queries.columns,
    queries: queries.count,
    own: queries.own,
    neighbors: queries.neighbors,
    parts: queries.parts,
    fresh: slice.fresh,
  });
}

/** Number of tiles of queries: a tile is the work of one workgroup for each part of the candidates. */
export function queryTiles(queries: number): number {
  return Math.ceil(queries / TILE_QUERIES);
}

export function findNeighborsGrid({ count, parts }: NeighborQueries): Grid {
  return linearGrid(queryTiles(count) * parts);
}

/**
 * Three operations for each (q - x)^2; queries, candidates and lists are counted once, as if repeated reads came from
 * caches.
 */
export function findNeighborsWork(
  { count, columns, neighbors, parts }: NeighborQueries,
  candidates: number,
  valueBytes: number,
): DispatchWork {
  return {
    flops: 3 * count * candidates * columns,
    bytes: 4 * count * columns + valueBytes * candidates * columns + ENTRY_BYTES * count * parts * neighbors,
  };
}
