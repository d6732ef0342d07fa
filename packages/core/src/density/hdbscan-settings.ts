import { NEIGHBOR_SEARCHES, type NeighborSearchKind } from '../neighbors/search-kind.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import type { RowScalingKind } from '../scaling/types.ts';
import { CLUSTER_SELECTIONS, type SelectionSettings } from '../tree/select-clusters.ts';
import { requireNonNegative, requireOneOf, requireWholeNumber } from '../validation.ts';
import type { HdbscanOptions } from './hdbscan-options.ts';
import { DENSITY_METRICS, type DensityMetric } from './metric.ts';

/** Options with their defaults, checked. */
export interface HdbscanSettings extends SelectionSettings {
  readonly minClusterSize: number;
  readonly minSamples: number;
  readonly metric: DensityMetric;
  readonly neighborSearch: NeighborSearchKind;
}

/** The default, and the least number that a share of the points stands for. */
const SMALL_CLUSTER = 5;

/**
 * @param rows number of points, N
 * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
 */
export function hdbscanSettings(options: HdbscanOptions, rows: number): HdbscanSettings {
  const { minClusterSize: given = SMALL_CLUSTER } = options;
  const isShare = given > 0 && given < 1;
  const minClusterSize = isShare ? Math.max(SMALL_CLUSTER, Math.round(given * rows)) : given;
  return {
    minClusterSize: requireWholeNumber('minClusterSize', minClusterSize, 2),
    minSamples: requireWholeNumber('minSamples', options.minSamples ?? minClusterSize, 1),
    metric: requireOneOf('The metric', options.metric ?? 'euclidean', DENSITY_METRICS),
    neighborSearch: requireOneOf('neighborSearch', options.neighborSearch ?? 'exact', NEIGHBOR_SEARCHES),
    clusterSelection: requireOneOf(
      'clusterSelection',
      options.clusterSelection ?? 'excess-of-mass',
      CLUSTER_SELECTIONS,
    ),
    clusterSelectionEpsilon: requireNonNegative(
      'clusterSelectionEpsilon',
      options.clusterSelectionEpsilon ?? 0,
    ),
    maxClusterSize:
      options.maxClusterSize === undefined
        ? Infinity
        : requireWholeNumber('maxClusterSize', options.maxClusterSize, minClusterSize),
    allowSingleCluster: options.allowSingleCluster ?? false,
  };
}

/** The scaling that was asked for. */
export function scalingOf({ scaling }: Pick<HdbscanOptions, 'scaling'>): RowScalingKind | undefined {
  return scaling && scalingKind(scaling);
}
