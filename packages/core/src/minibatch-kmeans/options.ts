import type { KMeansOptions } from '../kmeans/types.ts';
import type { FitOptions } from '../fit-options.ts';

/** Settings of `MiniBatchKMeans`. */
export interface MiniBatchKMeansOptions extends Pick<
  KMeansOptions,
  'clusters' | 'metric' | 'trials' | 'rounds' | 'oversampling' | 'seed' | 'scaling' | 'engine'
> {
  /**
   * Initial centroids; see `KMeansOptions`. They are chosen from a sample of `initSize` points, which functions get as
   * well. Default `'k-means++'`.
   */
  readonly init?: KMeansOptions['init'];
  /** Points in a batch, drawn with replacement; >= 1, default 1024, and never more than there are points. */
  readonly batchSize?: number | undefined;
  /** Points from which starts are chosen and compared; at least `clusters`; default 3 batches, or 3 K if that is more. */
  readonly initSize?: number | undefined;
  /** Number of starts; the one with the least inertia of the sample is continued. Default 10 for `'random'` and functions, else 1. */
  readonly nInit?: number | undefined;
  /** Greatest number of batches, >= 1; default what 100 passes over the points would take. */
  readonly maxIterations?: number | undefined;
  /**
   * The fit has converged when the squared movement of the centroids in one batch is at most `tolerance` times the mean
   * variance of the columns; >= 0, default 0, which leaves this to `patience`.
   */
  readonly tolerance?: number | undefined;
  /**
   * The fit has also converged when the smoothed inertia has not fallen in this many batches one after another; >= 1,
   * default 10, `Infinity` for never.
   */
  readonly patience?: number | undefined;
  /**
   * A cluster that has seen less than this share of the weight of the heaviest is starved: from time to time it moves to
   * a random point of the batch. From 0 (never) to 1, default 0.01.
   */
  readonly reassignment?: number | undefined;
  /**
   * How much of the weight seen so far counts in the next batch, from 0 to 1. With 1, the default, all points count alike;
   * with less, old batches fade, so that centroids follow points that drift; with 0, only the newest batch counts.
   */
  readonly decay?: number | undefined;
}

/** Settings of one batch that is learned. */
export type PartialFitOptions = Pick<FitOptions, 'weights' | 'signal'>;
