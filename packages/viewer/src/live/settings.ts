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
 * Checks what the page needs before the Worker answers: it shows the clusters from the start. Core checks the rest, including
 * the method, when the fit starts.
 *
 * @param rows number of points to cluster
 * @throws {InvalidArgumentError} for settings that are missing, an invalid engine or interval, or a number of clusters that is
 *   not a whole number from 1 to the number of points
 */
export function checkedSettings(
  given: LiveFitSettings | LiveFitSettingsWithK,
  rows: number,
): LiveFitSettings {
  const settings = 'k' in given ? { ...given, clusters: given.k } : given;
  const { clusters, engine = 'auto', interval = 0 } = settings;
  if (!Number.isSafeInteger(clusters) || clusters < 1 || clusters > rows) {
    throw new InvalidArgumentError(
      `The number of clusters must be a whole number from 1 to the number of points, ${rows}; got ${String(clusters)}. ` +
        "Fit with { method: 'kmeans', clusters: 3 }, for example.",
    );
  }
  if (!ENGINES.includes(engine)) {
    throw new InvalidArgumentError(`The engine must be one of ${ENGINES.join(', ')}; got "${engine}".`);
  }
  if (!Number.isFinite(interval) || interval < 0) {
    throw new InvalidArgumentError(`The interval must be 0 milliseconds or more; got ${String(interval)}.`);
  }
  return settings;
}
