import type { StartOptions } from '../kmeans/start-settings.ts';
import type { KMeansOptions } from '../kmeans/types.ts';

/**
 * How points are assigned: `exact` finds the best assignment in each iteration, in memory for N x K numbers; `approximate`
 * finds one that is nearly as good, and says how good at least, in memory for N numbers.
 */
export const SIZE_ASSIGNMENTS = ['exact', 'approximate'] as const;
export type SizeAssignment = (typeof SIZE_ASSIGNMENTS)[number];

/** Settings of `SizedKMeans`. */
export interface SizedKMeansOptions extends StartOptions, Pick<KMeansOptions, 'maxIterations' | 'engine'> {
  /**
   * Least number of points in a cluster, >= 1; default 1. Without `minSize` and `maxSize`, sizes differ by at most one.
   * Sizes count points, whatever their weights; points of weight 0 do not count.
   */
  readonly minSize?: number | undefined;
  /** Greatest number of points in a cluster, >= 1; default all points. */
  readonly maxSize?: number | undefined;
  /** Default `'exact'` up to 2^24 values of N x K, else `'approximate'`. */
  readonly assignment?: SizeAssignment | undefined;
}
