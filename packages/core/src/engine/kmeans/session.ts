import type { DeviceLabels } from '../../matrix.ts';
import type { ColumnMoments, SessionOptions } from '../session.ts';

/**
 * How sure an assignment is. `exact`: every point has the label that its distances in the engine's own arithmetic say.
 * `fast`: a point whose two nearest centroids are nearly as near may have the label of either, where that is quicker;
 * engines without a quicker way stay exact. The distances of points to their own centroids, and so inertias, have the
 * same precision in both.
 */
export type KMeansPrecision = 'exact' | 'fast';

export interface KMeansSessionOptions extends SessionOptions {
  /** Number of clusters, K. */
  readonly clusters: number;
  /** Rescale each new centroid to unit length (spherical k-means; rows are expected at unit length). */
  readonly unitCentroids?: boolean | undefined;
  /** Default `exact`. */
  readonly precision?: KMeansPrecision | undefined;
}

/** What one Lloyd iteration did. */
export interface KMeansIteration {
  /** Weighted sum of squared distances to the nearest of the centroids the iteration started from. */
  readonly inertia: number;
  /** Number of points whose label differs from the assignment before. */
  readonly changed: number;
  /** Squared Frobenius norm of the movement of the centroids; 0 when `empty` is not 0. */
  readonly shift: number;
  /**
   * Number of clusters that received no weight. When it is not 0 the session stopped after the assignment
   * and left the centroids as they were, for core to relocate.
   */
  readonly empty: number;
}

/**
 * Points, centroids (K x D) and scratch, resident on the engine. N x K is never stored.
 * Ties go to the lowest cluster index.
 */
export interface KMeansSession extends Disposable {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;

  /**
   * What this session subtracts from every point, for `SessionOptions.center`; absent when the engine subtracts
   * nothing.
   */
  readonly center?: Float64Array | undefined;

  /** Mean and (population, weighted) variance of each column, D values each. */
  columnMoments(): Promise<ColumnMoments>;

  /** Copies points out by row index, row-major (rows.length x D), exactly as the engine computes with them. */
  readRows(rows: Uint32Array): Promise<Float32Array | Float64Array>;

  /** Forgets all seeds: every point is infinitely far from the (empty) set of seeds. */
  resetSeeds(): Promise<void>;
  /**
   * The potential (weighted sum of squared distances to the nearest seed) that would result from
   * adding each candidate row in turn. Nothing is added.
   */
  seedPotentials(candidates: Uint32Array): Promise<Float64Array>;
  /** Adds rows to the seeds, in the order given. */
  addSeeds(rows: Uint32Array): Promise<void>;
  /**
   * Total weight of the points nearest to each seed, one value per seed in the order they were added since
   * `resetSeeds()`; a tie goes to the seed added first.
   */
  seedWeights(): Promise<Float64Array>;
  /**
   * Draws rows with probability proportional to weight x squared distance to the nearest seed:
   * for each `u` in [0, 1) the first row whose running sum exceeds `u` times the total. Never returns
   * a row of zero probability; when all are zero (every point is a seed) it returns row `floor(u * rows)`.
   */
  sampleRows(uniforms: Float64Array): Promise<Uint32Array>;
  /**
   * Greedy k-means++ without the host in between. For each group of `trials` uniforms it draws candidates as
   * `sampleRows` does, and adds the one with the least of `seedPotentials`, the first of equal ones. When every point
   * coincides with a seed, draws have no meaning and may return the same row again.
   *
   * @param uniforms `trials` values in [0, 1) for each seed
   * @returns the rows added, in order
   */
  drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array>;

  /** Sets the centroids (K x D) and forgets labels, so that the next iteration counts all as changed. */
  writeCentroids(centroids: Float32Array | Float64Array): Promise<void>;
  /** The centroids (K x D) exactly as the engine holds them, so that writing them back changes no label. */
  readCentroids(): Promise<Float32Array | Float64Array>;

  /**
   * Runs up to `count` Lloyd iterations (assign, then update) without a readback in between. Stops early
   * when no label changed, when the shift is <= `tolerance`, or when a cluster is empty.
   *
   * @returns one entry per iteration that ran
   */
  step(count: number, tolerance: number): Promise<readonly KMeansIteration[]>;

  /** The assignment alone: labels and inertia for the current centroids. */
  assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>>;

  /** Label of each point from the last assignment. */
  readLabels(): Promise<Uint32Array>;
  /**
   * The same labels on the engine's device. Read them before the next call, and do not write to them: the session owns
   * them. Only engines with a device have this.
   */
  labelsOnDevice?(): Promise<DeviceLabels>;
  /** Squared distance of each point to its own centroid at the last assignment. */
  readDistances(): Promise<Float32Array>;
  /** Weighted sums (K x D) and weights (K) of the clusters of the last assignment. */
  readSums(): Promise<{ readonly sums: Float64Array; readonly weights: Float64Array }>;
  /** Euclidean distances of rows `start <= i < start + count` to every centroid, (count x K). */
  distancesToCentroids(start: number, count: number): Promise<Float32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
