import type { Engine } from '../engine/engine.ts';
import type { NeighborSearchKind } from '../neighbors/search-kind.ts';
import type { OldRowScalingKind, RowScalingKind } from '../scaling/types.ts';
import type { ClusterSelection } from '../tree/select-clusters.ts';
import type { DensityMetric } from './metric.ts';

/** Settings of `Hdbscan`. */
export interface HdbscanOptions {
  /**
   * Least number of points of a cluster; smaller groups are noise. A whole number >= 2, or a share of the points below 1
   * (0.01 is one in a hundred, and at least 5); default 5.
   */
  readonly minClusterSize?: number | undefined;
  /**
   * Density is measured by the distance to the neighbor of this number, as the `hdbscan` package counts: the point itself is
   * not a neighbor. scikit-learn counts it, so its `min_samples` is larger by 1. The greater, the more points are noise. A whole
   * number >= 1; default `minClusterSize`.
   */
  readonly minSamples?: number | undefined;
  /** Default `euclidean`; `cosine` is 1 - cos. */
  readonly metric?: DensityMetric | undefined;
  /**
   * Which clusters of the tree are chosen: those that last longest (`excess-of-mass`, the default), or its leaves (`leaf`),
   * which are more, and smaller.
   */
  readonly clusterSelection?: ClusterSelection | undefined;
  /** Clusters are not divided below this distance; >= 0, default 0: everywhere. */
  readonly clusterSelectionEpsilon?: number | undefined;
  /**
   * Greatest number of points of a cluster that excess of mass chooses; default no limit. `clusterSelectionEpsilon` may join
   * clusters to larger ones.
   */
  readonly maxClusterSize?: number | undefined;
  /** Whether all points may be one cluster; default false. */
  readonly allowSingleCluster?: boolean | undefined;
  /**
   * How the neighbors are found of which the tree is made: `exact`, the default, compares every pair of points. `nn-descent`
   * finds most of them, in time that grows little faster than the number of points; the model has a warning with the share
   * that was found.
   */
  readonly neighborSearch?: NeighborSearchKind | undefined;
  /** Seed of `nn-descent`; default 0. */
  readonly seed?: number | undefined;
  /** Row scaling learned from the points, applied before clustering and in `predict`; default none. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
