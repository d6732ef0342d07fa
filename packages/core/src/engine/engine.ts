import type { DeviceMatrix, Matrix, Points } from '../matrix.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import type { RowScaling } from '../scaling/types.ts';
import type { KMeansPartOptions, KMeansPartSession } from './kmeans/part-session.ts';
import type { KMeansSession, KMeansSessionOptions } from './kmeans/session.ts';
import type { GraphLayoutOptions, GraphLayoutSession, SparseGraph } from './layout/session.ts';
import type { GaussianMixtureSession, GaussianMixtureSessionOptions } from './mixture/session.ts';
import type { NeighborSearchOptions, NeighborSearchSession } from './neighbors/session.ts';
import type { MatrixProductSession } from './products/session.ts';
import type { SessionOptions } from './session.ts';
import type { SpanningOptions, SpanningSession } from './spanning/session.ts';

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

  /**
   * The same for some of the points, where the engine's sums do not depend on how points are divided.
   *
   * @throws like `createKMeans`
   */
  createKMeansPart?(points: Points, options: KMeansPartOptions): Promise<KMeansPartSession>;

  /**
   * Sessions that read points in parts themselves, one part after the other, to the bits of one piece. Absent where core
   * merges what sessions of single parts find.
   */
  readonly inParts?: SessionsInParts | undefined;

  /** The same for a Gaussian mixture. */
  createGaussianMixture(
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<GaussianMixtureSession>;

  /** The same for products of the points with narrow matrices. */
  createMatrixProducts(points: Points, options?: SessionOptions): Promise<MatrixProductSession>;

  /** The same for the nearest neighbors of the points. */
  createNeighborSearch(points: Points, options: NeighborSearchOptions): Promise<NeighborSearchSession>;

  /** The same for a spanning tree of mutual reachability, and for components within a radius. */
  createSpanning(points: Points, options: SpanningOptions): Promise<SpanningSession>;

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
   * Frees memory that is kept for later sessions, unless a session is alive. The engine can be used as before; its next session
   * takes a little longer to open. Absent where nothing is kept.
   */
  trim?(): void;

  /**
   * Frees the device. Sessions that are still alive are destroyed with it. Afterwards every call of the engine and of its
   * sessions rejects with a `StateError`, as fits do; destroying it twice is harmless.
   */
  destroy(): void;
}

/** The sessions of an engine for points in parts; see `Engine.inParts`. Each pass loads the parts again. */
interface SessionsInParts {
  createKMeans(points: PartedPoints, options: KMeansSessionOptions): Promise<KMeansSession>;
  createGaussianMixture(
    points: PartedPoints,
    options: GaussianMixtureSessionOptions,
  ): Promise<GaussianMixtureSession>;
  createMatrixProducts(points: PartedPoints, options?: SessionOptions): Promise<MatrixProductSession>;
}

/** What an engine runs on. */
export interface EngineInfo {
  /** For people: "NVIDIA H200 (Vulkan)", "SwiftShader (software)", "JavaScript, 1 thread". */
  readonly device: string;
  /** True when a GPU is emulated on the CPU. */
  readonly software: boolean;
  /**
   * The number type that points on the host are rounded to; absent for float32. Core moves points that lie far from 0
   * close to it before an engine rounds them.
   */
  readonly precision?: 'float32' | 'float64' | undefined;
  /**
   * How products are added up, when an engine has a choice: `fused` rounds once, `plain` also rounds the product.
   * Engines of one name give the same bits when this is the same, and differ in the last digits otherwise.
   */
  readonly arithmetic?: 'fused' | 'plain' | undefined;
  /** Optional features the engine found and uses. */
  readonly features: readonly string[];
  /** Limits that bound what the engine can hold, in bytes or counts. */
  readonly limits: Readonly<Record<string, number>>;
}
