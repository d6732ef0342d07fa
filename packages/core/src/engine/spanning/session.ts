/** Settings of a session for spanning trees and radii. */
export interface SpanningOptions {
  /**
   * The neighbor whose distance is the core distance, counted from 1 without the point itself; at most N - 1. With 0 all core
   * distances are 0.
   */
  readonly minSamples: number;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The shortest edge that leaves each component, C values each. */
export interface LeastEdges {
  /** The row in the component, and the one outside. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The squared mutual reachability of both: the greatest of their squared core distances and their squared distance. */
  readonly weights: Float64Array;
  /** Their squared distance. */
  readonly squares: Float64Array;
}

/**
 * Points between which components grow, resident on the engine: to a spanning tree of mutual reachability, or within a radius.
 * Distances are Euclidean. N x N is never stored.
 *
 * Edges are in this order: by weight, by squared distance, by the lower row, by the higher row. So each component has one
 * shortest edge. Engines that compute squares in float64 add the terms in the order of the columns, and so have the same bits;
 * others compute in float32.
 */
export interface SpanningSession extends Disposable {
  readonly rows: number;
  readonly columns: number;

  /**
   * Squared core distance of each row, N values.
   *
   * @param onRows called now and then with the number of rows that are done
   */
  coreSquares(onRows?: (rows: number) => void): Promise<Float64Array>;

  /**
   * The shortest edge from each component to a row of another one. Components only grow from call to call: rows that were in
   * one component stay in one.
   *
   * @param components of each row, N numbers below `count`
   * @param count number of components, at least 2; none is empty
   * @param spared a component whose edge is not needed, which spares the search from all of its rows. Its weight and its squared
   *   distance are infinite, and its rows are 0. `NO_CLUSTER` when all edges are needed, which is the default
   */
  leastEdges(components: Uint32Array, count: number, spared?: number): Promise<LeastEdges>;

  /** Number of rows within the radius of each row, itself included: N values. `square` is the squared radius. */
  countWithin(square: number): Promise<Uint32Array>;

  /**
   * Connects core points that are within the radius of each other.
   *
   * @param square the squared radius
   * @param isCore 1 for each core point, N values
   * @returns of each core point the lowest row of its component; of another point the lowest one of the components that have
   *   a core point within the radius, or `NO_CLUSTER`
   */
  joinWithin(square: number, isCore: Uint8Array): Promise<Uint32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
