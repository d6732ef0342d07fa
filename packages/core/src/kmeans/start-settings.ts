import type { Matrix } from '../matrix.ts';
import { matrixOf } from '../points-like.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import type { RowScalingKind } from '../scaling/types.ts';
import { requireNonNegative, requireOneOf, requirePositive, requireWholeNumber } from '../validation.ts';
import { requireGiven, type InitialSettings } from './initial-centroids.ts';
import { defaultTrials } from './seeding.ts';
import { KMEANS_INITS, KMEANS_METRICS, type KMeansOptions } from './types.ts';

/** Options of the points and of the starts, as `KMeans` has them. */
export type StartOptions = Pick<
  KMeansOptions,
  | 'clusters'
  | 'metric'
  | 'init'
  | 'trials'
  | 'rounds'
  | 'oversampling'
  | 'nInit'
  | 'tolerance'
  | 'seed'
  | 'scaling'
>;

/** The same with defaults filled in and checked. */
export interface StartSettings extends InitialSettings {
  readonly nInit: number;
  readonly tolerance: number;
  readonly seed: number;
  readonly scaling: RowScalingKind | undefined;
  /** About options that are ignored. */
  readonly warnings: readonly string[];
}

/**
 * @param defaultTolerance of the kind of k-means
 * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
 * @throws {ShapeError} when there are more given centroids than clusters
 * @throws {DataError} when given centroids are NaN or infinite
 */
export function startSettings(options: StartOptions, defaultTolerance: number): StartSettings {
  const { nInit, scaling } = options;
  const clusters = requireWholeNumber('The number of clusters', options.clusters, 1);
  const init = initOf(options.init);
  if (typeof init === 'object') requireGiven(init, clusters);
  // With all centroids given, nothing is random.
  const given = typeof init === 'object' && init.rows === clusters;
  const starts = init === 'random' || typeof init === 'function' ? 10 : 1;
  return {
    clusters,
    metric: requireOneOf('The metric', options.metric ?? 'euclidean', KMEANS_METRICS),
    init: typeof init === 'string' ? requireOneOf('init', init, KMEANS_INITS) : init,
    trials: requireWholeNumber('trials', options.trials ?? defaultTrials(clusters), 1),
    rounds: requireWholeNumber('rounds', options.rounds ?? 5, 1),
    oversampling: requirePositive('oversampling', options.oversampling ?? 2),
    nInit: given ? 1 : requireWholeNumber('nInit', nInit ?? starts, 1),
    tolerance: requireNonNegative('tolerance', options.tolerance ?? defaultTolerance),
    seed: requireWholeNumber('seed', options.seed ?? 0, 0),
    scaling: scaling && scalingKind(scaling),
    warnings:
      given && nInit !== undefined && nInit !== 1
        ? [`nInit = ${nInit} was ignored: given centroids make every start the same, so there was one.`]
        : [],
  };
}

/** @throws {InvalidArgumentError} when given centroids are neither a matrix nor rows of numbers */
function initOf(init: KMeansOptions['init'] = 'k-means++'): InitialSettings['init'] {
  if (typeof init !== 'object') return init;
  const given: Matrix = matrixOf('centroids' in init ? init.centroids : init, 'Initial centroids');
  return given;
}
