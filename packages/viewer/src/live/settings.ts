import { InvalidArgumentError, type CovarianceType, type KMeansMetric } from '@shoal/core';

/** Settings of a live fit. */
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
  /**
   * The least time for which an iteration stays on the map, in milliseconds; default 120, or 0 where less motion is
   * preferred.
   */
  readonly interval?: number | undefined;
  /** Whether the fit starts paused, to be run step by step. */
  readonly paused?: boolean | undefined;
  /** The engine: `auto` takes a hardware GPU, else WebAssembly; default `auto`. */
  readonly engine?: 'auto' | 'webgpu' | 'wasm' | undefined;
}

/** Deprecated: the number of clusters is called `clusters` now. */
export type LiveFitSettingsWithK = Omit<LiveFitSettings, 'clusters'> & { readonly k: number };

const ENGINES: readonly string[] = ['auto', 'webgpu', 'wasm'] satisfies LiveFitSettings['engine'][];

/**
 * Checks the settings that only the viewer has; core checks the rest, including the method, when the fit starts.
 *
 * @throws {InvalidArgumentError} for an invalid engine or interval
 */
export function checkSettings({ engine = 'auto', interval = 0 }: LiveFitSettings): void {
  if (!ENGINES.includes(engine)) {
    throw new InvalidArgumentError(`The engine must be one of ${ENGINES.join(', ')}; got "${engine}".`);
  }
  if (!Number.isFinite(interval) || interval < 0) {
    throw new InvalidArgumentError(`The interval must be 0 milliseconds or more; got ${String(interval)}.`);
  }
}
