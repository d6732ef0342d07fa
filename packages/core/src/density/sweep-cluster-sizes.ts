import { InvalidArgumentError } from '../errors.ts';
import type { ProgressListener } from '../progress.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { countWithoutCluster } from '../no-cluster.ts';
import type { PointsLike } from '../points-like.ts';
import { requireWholeNumber } from '../validation.ts';
import { Hdbscan } from './hdbscan.ts';
import { HdbscanModel } from './hdbscan-model.ts';
import type { HdbscanOptions } from './hdbscan-options.ts';
import { hdbscanSettings } from './hdbscan-settings.ts';

/** Settings of `sweepClusterSizes`. */
export interface ClusterSizeSweepOptions extends Omit<HdbscanOptions, 'minClusterSize'> {
  /** Least sizes of a cluster to try: at least two whole numbers >= 2, without repeats. */
  readonly sizes: readonly number[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** The clusters of one least size. */
export interface ClusterSizeRow {
  readonly minClusterSize: number;
  /** Number of clusters that were found. */
  readonly clusters: number;
  /** Share of points that are noise. */
  readonly noise: number;
  /** See `HdbscanModel.objective`. */
  readonly persistence: number;
  /** Mean adjusted Rand index with the clusters of the next smaller and the next greater size; noise is a group. */
  readonly stability: number;
}

/** What changes with the least size of a cluster. */
export interface ClusterSizeSweep {
  /** By size, ascending. */
  readonly rows: readonly ClusterSizeRow[];
  /**
   * The size of the most stable clusters, of equally stable ones the smallest; undefined when no size gives two clusters.
   */
  readonly pick: number | undefined;
}

/**
 * Clusters points by HDBSCAN for several least sizes of a cluster, and says which clusters change least from one size to the
 * next: those do not depend on the setting. The tree of the points is made once, so `minSamples` is the same for all sizes.
 *
 * @param points N x D; see `Hdbscan.fit`
 * @param options `minSamples` is the smallest size by default
 * @throws {InvalidArgumentError} when an option is out of range
 * @throws like `Hdbscan.fit`
 */
export async function sweepClusterSizes(
  points: PointsLike,
  { sizes: given, signal, onProgress, ...options }: ClusterSizeSweepOptions,
): Promise<ClusterSizeSweep> {
  given.forEach((size) => requireWholeNumber('sizes', size, 2));
  const sizes = [...new Set(given)].sort((a, b) => a - b);
  if (sizes.length < 2 || sizes.length < given.length) {
    throw new InvalidArgumentError(
      `A sweep compares at least two sizes, each once; got [${given.join(', ')}].`,
    );
  }
  const settings = { ...options, minSamples: options.minSamples ?? sizes[0] };
  const first = await new Hdbscan({ ...settings, minClusterSize: sizes[0] }).fit(points, {
    signal,
    onProgress,
  });
  const { dendrogram, coreDistances, points: space, scaling } = first;
  const models = sizes.map((minClusterSize) => {
    signal?.throwIfAborted();
    const own = hdbscanSettings({ ...settings, minClusterSize }, space.rows);
    return new HdbscanModel({ settings: own, dendrogram, coreDistances, points: space, scaling });
  });
  const alike = models.slice(1).map(({ labels }, i) => adjustedRandIndex(models[i].labels, labels));
  const rows = models.map(({ clusters, labels, persistence }, i): ClusterSizeRow => {
    const beside = alike.slice(Math.max(0, i - 1), i + 1);
    return {
      minClusterSize: sizes[i],
      clusters,
      noise: countWithoutCluster(labels) / labels.length,
      persistence,
      stability: beside.reduce((sum, value) => sum + value, 0) / beside.length,
    };
  });
  const several = rows.filter(({ clusters }) => clusters > 1);
  const most = Math.max(...several.map(({ stability }) => stability));
  return { rows, pick: several.find(({ stability }) => stability === most)?.minClusterSize };
}
