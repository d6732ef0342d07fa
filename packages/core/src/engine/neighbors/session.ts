import type { Matrix } from '../../matrix.ts';

/** Settings of a search for nearest neighbors. */
export interface NeighborSearchOptions {
  /** Number of neighbors of each point, k >= 1; at most N - 1, because a point is not its own neighbor. */
  readonly neighbors: number;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The nearest points of some rows, nearest first; of equally near ones the lowest row first. */
export interface Neighbors {
  /** Rows of the searched points, count x k. */
  readonly indices: Uint32Array;
  /** Euclidean distances to them, count x k, ascending. */
  readonly distances: Float32Array;
}

/**
 * Points to be searched, resident on the engine. The search is exact except for the rounding of distances, which are
 * sums of squared differences in float32 or better; N x N is never stored.
 */
export interface NeighborSearchSession extends Disposable {
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;

  /** Nearest other rows of the rows `start <= i < start + count`. */
  nearestToRows(start: number, count: number): Promise<Neighbors>;

  /**
   * Nearest rows of other points; a point that is among the searched ones finds itself.
   *
   * @param queries M x D, on the host
   */
  nearestTo(queries: Matrix): Promise<Neighbors>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
