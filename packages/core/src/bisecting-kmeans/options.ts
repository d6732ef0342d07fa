import type { KMeansInit, KMeansInitFunction, KMeansOptions } from '../kmeans/types.ts';

/** Which cluster is split next: the one with the greatest inertia, or the one with the most points (by weight). */
export const BISECTING_STRATEGIES = ['inertia', 'size'] as const;
export type BisectingStrategy = (typeof BISECTING_STRATEGIES)[number];

/** Settings of `BisectingKMeans`. */
export interface BisectingKMeansOptions extends Pick<
  KMeansOptions,
  | 'clusters'
  | 'metric'
  | 'trials'
  | 'rounds'
  | 'oversampling'
  | 'maxIterations'
  | 'tolerance'
  | 'seed'
  | 'scaling'
  | 'engine'
> {
  /** How the two centroids of a split begin; see `KMeansOptions`. A function is asked for two. Default `'k-means++'`. */
  readonly init?: KMeansInit | KMeansInitFunction | undefined;
  /** Starts of each split; the one with the least inertia is kept. Default 10 for `'random'` and functions, else 1. */
  readonly nInit?: number | undefined;
  /** Default `'inertia'`. */
  readonly strategy?: BisectingStrategy | undefined;
}
