import { chunkRows, forEachChunk } from './chunks.ts';
import type { Engine } from './engine/engine.ts';
import { NearestList } from './engine/reference/neighbors/nearest-list.ts';
import { KdTree } from './kd-tree.ts';
import { gatherRows, sliceRows, type Matrix } from './matrix.ts';
import { centerPoints, movePoints } from './origin/move-points.ts';

/** Queries that are searched at once. */
const ROWS_PER_SEARCH = 4096;
/**
 * With more columns, boxes of a tree spare few distances, and an engine is quicker. With 10 columns of a UMAP embedding, a tree
 * takes a fifth of the time of the wasm engine; with 10 columns of Gaussian clusters, two thirds.
 */
const COLUMNS_OF_TREES = 16;

/** Nearest rows of some queries, nearest first. */
export interface NearestRows {
  /** Count x k. */
  readonly indices: Uint32Array;
  /** Euclidean distances, count x k, ascending. */
  readonly distances: Float32Array | Float64Array;
}

/** Where to search, and for how many. */
export interface NearestOptions {
  /** Neighbors of each query, at least 1; fewer when there are not so many other rows. */
  readonly neighbors: number;
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Searches the nearest rows of other points, a part of the queries at a time: by a tree on the host, or by comparing all
 * pairs on an engine when there are many columns. Distances do not depend on how far the points are from 0.
 *
 * @param points N x D
 * @param queries M x D
 * @param use called for each part, with its first row and the number of its rows
 * @throws the signal's reason when it is aborted
 */
export async function nearestRows(
  points: Matrix,
  queries: Matrix,
  { neighbors, engine, signal }: NearestOptions,
  use: (found: NearestRows, start: number, count: number) => void,
): Promise<void> {
  const options = { neighbors: Math.max(1, Math.min(neighbors, points.rows - 1)), engine, signal };
  // An engine needs two points.
  if (points.columns <= COLUMNS_OF_TREES || points.rows === 1)
    await searchTree(points, queries, options, use);
  else await searchEngine(points, queries, options, use);
}

async function searchTree(
  points: Matrix,
  queries: Matrix,
  { neighbors, signal }: NearestOptions,
  use: (found: NearestRows, start: number, count: number) => void,
): Promise<void> {
  const tree = new KdTree(points);
  const { columns } = queries;
  const nearest = new NearestList(neighbors);
  await forEachChunk(queries.rows, chunkRows(1000 * columns), signal, (start, end) => {
    const values = gatherRows(
      sliceRows(queries, start, end),
      Array.from({ length: end - start }, (_, i) => i),
    );
    const indices = new Uint32Array((end - start) * neighbors);
    const distances = new Float64Array(indices.length);
    for (let i = 0; i < end - start; i++) {
      nearest.clear();
      tree.search(values, i * columns, nearest);
      indices.set(nearest.rows, i * neighbors);
      for (let n = 0; n < neighbors; n++) distances[i * neighbors + n] = Math.sqrt(nearest.squares[n]);
    }
    use({ indices, distances }, start, end - start);
  });
}

async function searchEngine(
  points: Matrix,
  queries: Matrix,
  { neighbors, engine, signal }: NearestOptions,
  use: (found: NearestRows, start: number, count: number) => void,
): Promise<void> {
  const { points: centered, origin } = await centerPoints(points, engine, { signal });
  const search = await engine.createNeighborSearch(centered, { neighbors, signal });
  try {
    const moved = await movePoints(queries, origin, engine, signal);
    for (let start = 0; start < moved.rows; start += ROWS_PER_SEARCH) {
      const end = Math.min(moved.rows, start + ROWS_PER_SEARCH);
      use(await search.nearestTo(sliceRows(moved, start, end)), start, end - start);
    }
  } finally {
    search.destroy();
  }
}
