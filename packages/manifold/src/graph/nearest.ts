import type { Engine, Matrix, Neighbors, Points, Progress } from '@shoal/core';
import { centerPoints, movePoints } from '@shoal/core/model-kit';

/** Number of rows searched between two reports of progress. */
const ROWS_PER_SEARCH = 4096;

interface SearchOptions {
  readonly engine: Engine;
  readonly neighbors: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The nearest rows of each row (without itself), or of each query. Distances do not depend on how far the points are
 * from 0.
 *
 * @param queries other points; without them the rows of `points` themselves
 * @returns neighbors of each, N x k or M x k
 */
export async function findNearest(
  points: Points,
  queries: Matrix | undefined,
  { engine, neighbors, signal, onProgress }: SearchOptions,
): Promise<Neighbors> {
  const { points: centered, origin } = await centerPoints(points, engine, { signal });
  const search = await engine.createNeighborSearch(centered, { neighbors, signal });
  try {
    if (queries !== undefined)
      return await search.nearestTo(await movePoints(queries, origin, engine, signal));
    const indices = new Uint32Array(points.rows * neighbors);
    const distances = new Float32Array(points.rows * neighbors);
    for (let start = 0; start < points.rows; start += ROWS_PER_SEARCH) {
      const found = await search.nearestToRows(start, Math.min(ROWS_PER_SEARCH, points.rows - start));
      indices.set(found.indices, start * neighbors);
      distances.set(found.distances, start * neighbors);
      const completed = Math.min(points.rows, start + ROWS_PER_SEARCH);
      onProgress?.({ phase: 'neighbors', completed, total: points.rows });
    }
    return { indices, distances };
  } finally {
    search.destroy();
  }
}
