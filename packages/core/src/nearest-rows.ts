import type { Engine } from './engine/engine.ts';
import type { Neighbors } from './engine/neighbors/session.ts';
import { sliceRows, type Matrix } from './matrix.ts';
import { centerPoints, movePoints } from './origin/move-points.ts';

/** Queries that are searched at once. */
const ROWS_PER_SEARCH = 4096;

/** Where to search, and for how many. */
export interface NearestOptions {
  /** Neighbors of each query, at least 1; fewer when there are not so many rows. */
  readonly neighbors: number;
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Searches the nearest rows of other points, a part of the queries at a time. Distances do not depend on how far the points
 * are from 0.
 *
 * @param points N x D
 * @param queries M x D
 * @param use called for each part, with its first row
 * @throws the signal's reason when it is aborted
 */
export async function nearestRows(
  points: Matrix,
  queries: Matrix,
  { neighbors, engine, signal }: NearestOptions,
  use: (found: Neighbors, start: number, count: number) => void,
): Promise<void> {
  if (points.rows === 1) {
    // A search needs two points.
    await nearestRows(
      twice(points),
      queries,
      { neighbors: 1, engine, signal },
      ({ distances }, start, count) => {
        use({ indices: new Uint32Array(count), distances }, start, count);
      },
    );
    return;
  }
  const { points: centered, origin } = await centerPoints(points, engine, { signal });
  const search = await engine.createNeighborSearch(centered, {
    neighbors: Math.min(neighbors, points.rows - 1),
    signal,
  });
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

function twice({ data, columns, scale, ...point }: Matrix): Matrix {
  const values = new Float64Array(2 * columns);
  for (let at = 0; at < values.length; at++) values[at] = data[at % columns];
  return { ...point, data: values, rows: 2, columns, scale };
}
