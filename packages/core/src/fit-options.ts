import type { Engine } from './engine/engine.ts';
import type { GaussianMixtureParameters } from './engine/mixture/session.ts';
import type { DeviceLabels } from './matrix.ts';
import type { ModelState } from './model-state.ts';
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

/** A fit after one of its iterations, as its engine holds it. It can be read until the listener's promise settles. */
export interface FitState {
  /** Iterations of this start so far. */
  readonly iteration: number;
  /** Which of the starts this is, counted from 1. */
  readonly start: number;
  /** Cluster of each point, N values. */
  readonly readLabels: () => Promise<Uint32Array>;
  /**
   * The same labels on the engine's device, for code that shares it: nothing is read back. They stay there, unchanged,
   * until the listener's promise settles.
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
 * Called after every iteration: to show it, or to pause the fit, which waits for a returned promise. A fit with a
 * listener reads from its engine after every iteration, which takes longer; its result is the same to the last bit.
 */
export type IterationListener<State> = (state: State) => void | Promise<void>;

/** Keeps the state of a fit after its iterations, so that a fit that was stopped goes on from there, with the same bits. */
export interface FitCheckpoint {
  /** A state that an earlier fit kept, of the same points, settings and engine. */
  readonly saved?: ModelState | undefined;
  /** Called after iterations; the fit waits for it. */
  readonly save: (state: ModelState) => Promise<void>;
}

/** Settings of one `fit` of k-means. */
export interface KMeansFitOptions extends FitOptions {
  readonly onIteration?: IterationListener<KMeansFitState> | undefined;
  /** Not of a fit with frozen centroids, which keeps no state. */
  readonly checkpoint?: FitCheckpoint | undefined;
}

/** Settings of one `fit` of a mixture. */
export interface GaussianMixtureFitOptions extends FitOptions {
  readonly onIteration?: IterationListener<GaussianMixtureFitState> | undefined;
  /** For one start only; a fit with several keeps no state. */
  readonly checkpoint?: FitCheckpoint | undefined;
}

/** Settings of what a fitted model does with points: `predict`, `transform` and similar methods. */
export interface InferenceOptions {
  /** The engine that computes; default the one that the model was fitted or loaded with. */
  readonly engine?: Engine | undefined;
  /** Stops the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Settings of what a fitted model sums over points: `score` and similar methods. */
export interface ScoreOptions extends InferenceOptions {
  /** Weight of each point: finite, >= 0, not all zero. Any array of numbers, rounded to float32. */
  readonly weights?: NumberArray | undefined;
}

/** Settings with weights that were checked, and converted to what engines take. */
export type Checked<Options extends { readonly weights?: unknown }> = Omit<Options, 'weights'> & {
  readonly weights: Float32Array | undefined;
};
