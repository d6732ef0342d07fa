import type { DensityMetric } from '../density/metric.ts';
import type { Engine } from '../engine/engine.ts';
import type { OldRowScalingKind, RowScalingKind } from '../scaling/types.ts';

/**
 * How far apart two clusters are:
 *
 * - `ward`: by how much their merge adds to the sum of squared distances to centroids (Ward, JASA 58(301), 1963); heights are
 *   the roots of twice that, as in SciPy
 * - `average`: the mean distance of their points
 * - `complete`: the greatest distance of their points
 * - `single`: the least distance of their points
 */
export const LINKAGES = ['ward', 'average', 'complete', 'single'] as const;
export type Linkage = (typeof LINKAGES)[number];

/** Settings of `AgglomerativeClustering`. */
export interface AgglomerativeOptions {
  /** Number of clusters, K, from 1 to the number of points. The model can give any other number, too. */
  readonly clusters: number;
  /** Default `ward`. */
  readonly linkage?: Linkage | undefined;
  /** Default `euclidean`; `cosine` is 1 - cos, and not for Ward's linkage, which needs centroids. */
  readonly metric?: DensityMetric | undefined;
  /**
   * Merges begin from so many k-means clusters instead of from single points: the tree is then an approximation, as a
   * warning says. 0 for never. Default: 8,192 for more points than an exact tree takes in reasonable time and memory: 16,384
   * for average and complete linkage, whose distances then fill 1 GiB, and 131,072 for Ward's; single linkage is always exact.
   */
  readonly microClusters?: number | undefined;
  /** Seed of the k-means, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** Row scaling learned from the points, applied before clustering and in `predict`; default none. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
