import type { Engine } from './engine/engine.ts';
import type { GaussianMixtureParameters } from './engine/mixture/session.ts';
import type { DeviceLabels } from './matrix.ts';
import type { NumberArray } from './number-array.ts';
import type { ProgressListener } from './progress.ts';

/** Settings of one `fit`. */
export interface FitOptions {
  /**
   * Weight of each point: finite, >= 0, not all zero; a weight of n counts like n equal points. Any array of numbers,
   * rounded to float32.
   */
  readonly weights?: NumberArray | undefined;
  /** Stops the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * A fit after one of its iterations, as its engine holds it. What it reads is there until the listener's promise settles.
 */
export interface FitState {
  /** Iterations of this start so far. */
  readonly iteration: number;
  /** Which of the starts this is, counted from 1. */
  readonly start: number;
  /** Cluster of each point, N values. */
  readonly readLabels: () => Promise<Uint32Array>;
  /**
   * The same where they lie, for who shares the engine's device: nothing is read back. They are there, unchanged, until
   * the listener's promise settles.
   *
   * @throws {UnsupportedError} when the engine has no device
   */
  readonly labelsOnDevice: () => Promise<DeviceLabels>;
}

/** k-means after an iteration. Labels and inertia are those of its assignment, made before its centroids moved. */
export interface KMeansFitState extends FitState {
  readonly inertia: number;
  /** K x D, in the space the clusters live in (after scaling). */
  readonly readCentroids: () => Promise<Float32Array | Float64Array>;
}

/** A mixture after an iteration. */
export interface GaussianMixtureFitState extends FitState {
  /** Mean log-likelihood of the points before the last M-step. */
  readonly lowerBound: number;
  /** In the space after scaling. */
  readonly readParameters: () => Promise<GaussianMixtureParameters>;
}

/**
 * Hears of every iteration while it goes on: to show it, or, by a promise that stays open, to hold the fit. A fit that is
 * listened to reads from its engine after every iteration, which takes longer; its result is the same to the last bit.
 */
export type IterationListener<State> = (state: State) => void | Promise<void>;

/** Settings of one `fit` of k-means. */
export interface KMeansFitOptions extends FitOptions {
  readonly onIteration?: IterationListener<KMeansFitState> | undefined;
}

/** Settings of one `fit` of a mixture. */
export interface GaussianMixtureFitOptions extends FitOptions {
  readonly onIteration?: IterationListener<GaussianMixtureFitState> | undefined;
}

/** Settings of what a fitted model does with points: `predict`, `transform` and the like. */
export interface InferenceOptions {
  /** What computes; default the engine the model was fitted or loaded with. */
  readonly engine?: Engine | undefined;
  /** Stops the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Settings of what a fitted model sums over points: `score` and the like. */
export interface ScoreOptions extends InferenceOptions {
  /** Weight of each point: finite, >= 0, not all zero. Any array of numbers, rounded to float32. */
  readonly weights?: NumberArray | undefined;
}

/** Settings whose weights were checked, and made what engines take. */
export type Checked<Options extends { readonly weights?: unknown }> = Omit<Options, 'weights'> & {
  readonly weights: Float32Array | undefined;
};
