import type { Engine } from './engine/engine.ts';
import type { ProgressListener } from './progress.ts';

/** Settings of one `fit`. */
export interface FitOptions {
  /** Weight of each point: finite, >= 0, not all zero; a weight of n counts like n equal points. */
  readonly weights?: Float32Array | undefined;
  /** Stops the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
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
  /** Weight of each point: finite, >= 0, not all zero. */
  readonly weights?: Float32Array | undefined;
}
