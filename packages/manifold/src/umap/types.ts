import type { Engine, InferenceOptions, Matrix, Neighbors, Progress, ProgressListener } from '@shoal/core';

/**
 * How distances between points are measured: `cosine` is 1 less the cosine of the angle between them, `correlation` 1 less
 * Pearson's coefficient, `hellinger` the distance of the roots of two distributions by the root of 2. For any other metric
 * fit with neighbors that were found in it.
 */
export type UmapMetric = 'euclidean' | 'cosine' | 'correlation' | 'hellinger';

/**
 * Where a layout starts: at the Laplacian eigenvectors of the neighbor graph, at principal components, or anywhere. The
 * parts of a graph that is not connected start at eigenvectors of their own, each in a region of its own, which the
 * model's warnings say.
 */
export type UmapInit = 'spectral' | 'pca' | 'random';

/**
 * How neighbors are found: `exact` compares all points with all, on the engine; `nn-descent` finds most of them, on one
 * thread of the host, in time that grows little faster than the number of points. It pays from some hundred thousand
 * points on, without a GPU, and the model's warnings say that it was used.
 */
export type UmapNeighborSearch = 'exact' | 'nn-descent';

export interface UmapOptions {
  /** Columns of the embedding, at least 1; default 2. */
  readonly dimensions?: number | undefined;
  /** Size of the neighbourhoods, at least 2, the point itself included as in umap-learn; default 15. */
  readonly neighbors?: number | undefined;
  /** How near points of the embedding come to each other, from 0 to `spread`; default 0.1, 0 for clustering. */
  readonly minDist?: number | undefined;
  /** How far the embedding spreads, above 0; default 1. */
  readonly spread?: number | undefined;
  /** Passes over the edges, at least 1; default 500 up to 10,000 points, else 200. */
  readonly epochs?: number | undefined;
  /** Of the first epoch, above 0; default 1. */
  readonly learningRate?: number | undefined;
  /** Points that are pushed away for each that is pulled, from 0 to 64; default 5. */
  readonly negativeSampleRate?: number | undefined;
  /** Factor of the repulsion, at least 0; default 1. */
  readonly repulsion?: number | undefined;
  readonly metric?: UmapMetric | undefined;
  /** How, or where each point starts: N x dimensions, stretched to the box that all layouts start in. */
  readonly init?: UmapInit | Matrix | undefined;
  /** Of the points to be embedded; new points are always placed by exact ones. Default `exact`. */
  readonly neighborSearch?: UmapNeighborSearch | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** What computes; default the one `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** How to fit. */
export interface UmapFitOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Neighbors that are known already, N x k in the metric: nearest first, at least `neighbors` less 1 for each point, which
   * is not in its own list. Nothing is searched for then.
   */
  readonly neighbors?: Neighbors | undefined;
  /** Hears where the points are after a stretch of epochs; awaited. */
  readonly onLayout?: ((state: UmapLayoutState) => void | Promise<void>) | undefined;
}

/** A layout that is not done yet. */
export interface UmapLayoutState {
  /** Epochs done, and all there will be. */
  readonly epoch: number;
  readonly epochs: number;
  /** Where the points are, N x dimensions. */
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

/** Options with defaults filled in and checked; how many epochs, when nobody said, depends on the points. */
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
