import { InvalidArgumentError, type CovarianceType, type KMeansMetric } from '@shoal/core';

/** What to fit, live. */
export interface LiveFitSettings {
  /** The name of a kind of clustering that takes the number of clusters: "kmeans", "gmm". */
  readonly method: string;
  /** Number of clusters, K. */
  readonly clusters: number;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Of k-means; default `euclidean`. */
  readonly metric?: KMeansMetric | undefined;
  /** Of mixtures; default `full`. */
  readonly covarianceType?: CovarianceType | undefined;
  readonly maxIterations?: number | undefined;
  readonly tolerance?: number | undefined;
  /** Least time an iteration stays on the map, in milliseconds; default 120, or 0 where less motion is preferred. */
  readonly interval?: number | undefined;
  /** Starts held, to be stepped through. */
  readonly paused?: boolean | undefined;
  /** What computes: `auto` takes a hardware GPU, else WebAssembly; default `auto`. */
  readonly engine?: 'auto' | 'webgpu' | 'wasm' | undefined;
}

/** Deprecated: the number of clusters is called `clusters` now. */
export type LiveFitSettingsWithK = Omit<LiveFitSettings, 'clusters'> & { readonly k: number };

const ENGINES: readonly string[] = ['auto', 'webgpu', 'wasm'] satisfies LiveFitSettings['engine'][];

/**
 * Checks what only the viewer knows; the rest, the method among it, core checks when the fit starts.
 *
 * @throws {InvalidArgumentError} for an engine or an interval that cannot be
 */
export function checkSettings({ engine = 'auto', interval = 0 }: LiveFitSettings): void {
  if (!ENGINES.includes(engine)) {
    throw new InvalidArgumentError(`The engine must be one of ${ENGINES.join(', ')}; got "${engine}".`);
  }
  if (!Number.isFinite(interval) || interval < 0) {
    throw new InvalidArgumentError(`The interval must be 0 milliseconds or more; got ${String(interval)}.`);
  }
}
