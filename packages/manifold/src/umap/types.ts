import type {
  Engine,
  InferenceOptions,
  Matrix,
  Neighbors,
  NeighborSearchKind,
  Progress,
  ProgressListener,
} from '@shoal/core';

/**
 * How distances between points are measured: `cosine` is 1 less the cosine of the angle between them, `correlation` is
 * 1 less Pearson's coefficient, `hellinger` is the distance of the square roots of two distributions, divided by the
 * square root of 2. For any other metric, call `fit` with neighbors found in that metric.
 */
export type UmapMetric = 'euclidean' | 'cosine' | 'correlation' | 'hellinger';

/**
 * Where a layout starts: at the Laplacian eigenvectors of the neighbor graph, at principal components, or at random.
 * When the graph is not connected, each part starts at its own eigenvectors in a region of its own, and the model has a
 * warning.
 */
export type UmapInit = 'spectral' | 'pca' | 'random';

/** How neighbors are found. With `nn-descent` the model has a warning. */
export type UmapNeighborSearch = NeighborSearchKind;

export interface UmapOptions {
  /** Columns of the embedding, at least 1; default 2. */
  readonly dimensions?: number | undefined;
  /** Size of the neighborhoods, at least 2, the point itself included as in umap-learn; default 15. */
  readonly neighbors?: number | undefined;
  /** Least distance of points in the embedding, from 0 to `spread`; default 0.1, 0 for clustering. */
  readonly minDist?: number | undefined;
  /** How far the embedding spreads, above 0; default 1. */
  readonly spread?: number | undefined;
  /** Passes over the edges, at least 1; default 500 up to 10,000 points, else 200. */
  readonly epochs?: number | undefined;
  /** Learning rate of the first epoch, above 0; default 1. */
  readonly learningRate?: number | undefined;
  /** Number of points that are pushed away for each one that is pulled, from 0 to 64; default 5. */
  readonly negativeSampleRate?: number | undefined;
  /** Factor of the repulsion, at least 0; default 1. */
  readonly repulsion?: number | undefined;
  readonly metric?: UmapMetric | undefined;
  /**
   * The kind of start, or the place where each point starts, N x dimensions, stretched to the box that all layouts
   * start in.
   */
  readonly init?: UmapInit | Matrix | undefined;
  /** How neighbors of the training points are found; new points always use exact neighbors. Default `exact`. */
  readonly neighborSearch?: UmapNeighborSearch | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** How to fit. */
export interface UmapFitOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Known neighbors, N x k in the metric: nearest first, at least `neighbors` less 1 for each point, without the point
   * itself. Then there is no search.
   */
  readonly neighbors?: Neighbors | undefined;
  /** Called with the places of the points after some epochs, and awaited. */
  readonly onLayout?: ((state: UmapLayoutState) => void | Promise<void>) | undefined;
}

/** A layout that is not done yet. */
export interface UmapLayoutState {
  /** Epochs done, and all epochs of the layout. */
  readonly epoch: number;
  readonly epochs: number;
  /** Places of the points, N x dimensions. */
  readPositions(): Promise<Float32Array>;
}

/** How to place new points. */
export interface UmapTransformOptions extends InferenceOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Milliseconds that each stage of a fit took. */
export interface UmapTimings {
  readonly neighbors: number;
  readonly graph: number;
  readonly start: number;
  readonly layout: number;
}

/** Options with defaults filled in and checked; the default number of epochs depends on the points. */
export interface UmapSettings {
  readonly dimensions: number;
  readonly neighbors: number;
  readonly minDist: number;
  readonly spread: number;
  readonly epochs: number | undefined;
  readonly learningRate: number;
  readonly negativeSampleRate: number;
  readonly repulsion: number;
  readonly metric: UmapMetric;
  readonly seed: number;
}
