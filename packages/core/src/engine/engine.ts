import type { DeviceLabels, DeviceMatrix, Matrix, Points } from '../matrix.ts';
import type { RowScaling } from '../scaling/types.ts';
import type { GraphLayoutOptions, GraphLayoutSession, SparseGraph } from './layout/session.ts';
import type { NeighborSearchOptions, NeighborSearchSession } from './neighbors/session.ts';

/**
 * An engine does arithmetic on one device; core decides everything else (seeding, restarts,
 * convergence, empty clusters). All engines pass the same contract: see `@shoal/core/testing`.
 * Results are bit-identical from run to run on one engine and device. `destroy()` frees what an engine, a session or a
 * device matrix holds; `using` calls it at the end of a block.
 */
export interface Engine extends Disposable {
  readonly name: string;
  readonly info: EngineInfo;

  /**
   * Uploads `points` (unless they are already on this engine's device) and prepares a k-means session.
   *
   * @throws {UnsupportedError} when the points live on another engine's device or exceed its limits
   * @throws {DeviceError} when the device fails
   */
  createKMeans(points: Points, options: KMeansSessionOptions): Promise<KMeansSession>;

  /** The same for a Gaussian mixture. */
  createGaussianMixture(
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<GaussianMixtureSession>;

  /** The same for products of the points with narrow matrices. */
  createMatrixProducts(points: Points, options?: SessionOptions): Promise<MatrixProductSession>;

  /** The same for the nearest neighbours of the points. */
  createNeighborSearch(points: Points, options: NeighborSearchOptions): Promise<NeighborSearchSession>;

  /**
   * Prepares the layout of a graph.
   *
   * @param positions where the vertices start, N x d; left unchanged
   * @throws {UnsupportedError} when it exceeds the engine's limits
   * @throws {DeviceError} when the device fails
   */
  createGraphLayout(
    graph: SparseGraph,
    positions: Float32Array,
    options: GraphLayoutOptions,
  ): Promise<GraphLayoutSession>;

  /**
   * Applies a fitted row scaling to points on this engine's device, without a round trip through the host.
   * The caller owns the result. Engines without a device throw `UnsupportedError`.
   */
  scaleRows(points: DeviceMatrix, scaling: RowScaling): Promise<DeviceMatrix>;

  /** Copies points from this engine's device to the host as float32. */
  download(points: DeviceMatrix): Promise<Matrix>;

  /**
   * Frees the device. Sessions that are still alive are destroyed with it. Afterwards every call of the engine and of its
   * sessions rejects with a `StateError`, as fits do; destroying it twice is harmless.
   */
  destroy(): void;
}

/** What an engine runs on. */
export interface EngineInfo {
  /** For people: "NVIDIA H200 (Vulkan)", "SwiftShader (software)", "JavaScript, 1 thread". */
  readonly device: string;
  /** True when a GPU is emulated on the CPU. */
  readonly software: boolean;
  /**
   * What points on the host are rounded to; absent for float32. Core moves points that lie far from 0 next to it before
   * an engine rounds them.
   */
  readonly precision?: 'float32' | 'float64' | undefined;
  /**
   * How products are added up, where an engine has a choice: `fused` rounds once, `plain` rounds the product, too. Engines of
   * one name give the same bits for the same arithmetic, and differ in the last digits otherwise.
   */
  readonly arithmetic?: 'fused' | 'plain' | undefined;
  /** Optional features the engine found and uses. */
  readonly features: readonly string[];
  /** Limits that bound what the engine can hold, in bytes or counts. */
  readonly limits: Readonly<Record<string, number>>;
}

/** Settings common to all sessions. */
export interface SessionOptions {
  /** Weight of each point, `rows` finite values >= 0 with a positive sum; absent means 1 each. */
  readonly weights?: Float32Array | undefined;
  /**
   * What the engine takes off every point where it computes relative to something, D values in the coordinates of the
   * points: with the same center, the same parameters and the same engine a point has the same results beside any
   * others. By default the engine chooses by the points, such as their mean.
   */
  readonly center?: Float64Array | undefined;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * How sure an assignment is. `exact`: every point has the label that its distances in the engine's own arithmetic say.
 * `fast`: a point whose two nearest centroids are nearly as near may have the label of either, where that is quicker;
 * engines that have nothing quicker are as exact as ever. The distances of points to their own centroids, and so
 * inertias, are as precise either way.
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

  /** What this session takes off every point, for `SessionOptions.center`; absent where an engine takes off nothing. */
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
   * Greedy k-means++ without the host in between: for each run of `trials` uniforms draws candidates as `sampleRows`
   * does and adds the one whose `seedPotentials` are least, the first of equals. Where every point coincides with a
   * seed, draws mean nothing and may return the same row again.
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
   * The same where they lie, to be read before the next call and not to be written; the session owns them. Only engines
   * with a device have it.
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

/** Per-column statistics of the points. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * Shape of a mixture's covariances. For K components in D dimensions the arrays hold
 * `full` K x D x D, `tied` D x D, `diag` K x D and `spherical` K values.
 */
export type CovarianceType = 'full' | 'tied' | 'diag' | 'spherical';

export interface GaussianMixtureSessionOptions extends SessionOptions {
  /** Number of components, K. */
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** Added to the diagonal of every covariance, in squared units of the data; >= 0. */
  readonly regCovar: number;
}

export interface GaussianMixtureParameters {
  /** Mixing proportions, K values that sum to 1. */
  readonly weights: Float64Array;
  /** Component means, K x D. */
  readonly means: Float64Array;
  /** Covariances, shaped by their type; see `CovarianceType`. */
  readonly covariances: Float64Array;
}

/** What one EM iteration did. */
export interface EmIteration {
  /** Weighted mean log-likelihood of the points under the parameters the iteration started from. */
  readonly lowerBound: number;
}

/** Where a mixture's first responsibilities come from. */
export type ResponsibilitySource =
  /** Point i belongs wholly to component labels[i]; `NO_COMPONENT` leaves it out. */
  | { readonly kind: 'labels'; readonly labels: Uint32Array }
  /** Element (i, k) is `(hash32(seed, i * K + k) + 0.5) / 2^32`, each row divided by its sum. */
  | { readonly kind: 'random'; readonly seed: number };

/** A label that assigns a point to no component in `ResponsibilitySource`. */
export const NO_COMPONENT = 0xffffffff;

/** Points, parameters and scratch of a Gaussian mixture, resident on the engine. N x K is never stored. */
export interface GaussianMixtureSession extends Disposable {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly covarianceType: CovarianceType;
  /** See `KMeansSession`. */
  readonly center?: Float64Array | undefined;

  /**
   * An M-step from the given responsibilities.
   *
   * @throws {SingularCovarianceError} when a covariance is not positive definite
   */
  initialize(source: ResponsibilitySource): Promise<void>;

  /** @throws {SingularCovarianceError} when a covariance is not positive definite */
  writeParameters(parameters: GaussianMixtureParameters): Promise<void>;
  readParameters(): Promise<GaussianMixtureParameters>;

  /**
   * Runs up to `count` EM iterations (E, then M) without a readback in between. Stops early when the lower
   * bound moved by less than `tolerance` from the iteration before (the last call's included).
   *
   * @returns one entry per iteration that ran
   * @throws {SingularCovarianceError} when a covariance stops being positive definite
   */
  step(count: number, tolerance: number): Promise<readonly EmIteration[]>;

  /** The E-step alone: labels and per-point log-likelihoods for the current parameters. */
  evaluate(): Promise<EmIteration>;

  /** Most responsible component of each point at the last `evaluate()`. */
  readLabels(): Promise<Uint32Array>;
  /** The same where they lie; see `KMeansSession`. */
  labelsOnDevice?(): Promise<DeviceLabels>;
  /** log p(x_i) of each point at the last `evaluate()`. */
  readLogLikelihoods(): Promise<Float32Array>;
  /** Responsibilities of rows `start <= i < start + count` under the current parameters, (count x K). */
  responsibilities(start: number, count: number): Promise<Float32Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}

/**
 * Products of the points X (N x D), less a row vector s, with narrow matrices. X stays resident on the engine;
 * N x width is never stored.
 */
export interface MatrixProductSession extends Disposable {
  readonly rows: number;
  readonly columns: number;

  /** Mean and (population, weighted) variance of each column, D values each; whatever the shift. */
  columnMoments(): Promise<ColumnMoments>;

  /** Sets s, the D values that are subtracted from every row; zeros at first. */
  writeShift(shift: Float64Array): Promise<void>;

  /**
   * Rows `start <= i < start + count` of (X - 1 s^T) B, (count x width) row-major.
   *
   * @param right B, D x width, row-major
   */
  multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array>;

  /**
   * (X - 1 s^T)^T W (X - 1 s^T) B, D x width row-major, with W the diagonal matrix of the sample weights, in one
   * pass over the points.
   *
   * @param right B, D x width, row-major
   */
  gram(right: Float64Array, width: number): Promise<Float64Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
