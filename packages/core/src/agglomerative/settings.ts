import { DENSITY_METRICS, type DensityMetric } from '../density/metric.ts';
import { InvalidArgumentError } from '../errors.ts';
import { requireOneOf, requireWholeNumber } from '../validation.ts';
import { LINKAGES, type AgglomerativeOptions, type Linkage } from './options.ts';

/** Micro-clusters of trees that would be too large. */
const DEFAULT_MICRO_CLUSTERS = 8192;
/** Points whose tree is exact by default. */
const EXACT_POINTS: Readonly<Record<Linkage, number>> = {
  ward: 131_072,
  average: 16_384,
  complete: 16_384,
  single: Infinity,
};

/** What distances a tree is made of. */
export interface LinkageSettings {
  readonly linkage: Linkage;
  readonly metric: DensityMetric;
}

/** Options with their defaults, checked. */
export interface AgglomerativeSettings extends LinkageSettings {
  readonly clusters: number;
  /** Undefined for what the number of points suggests. */
  readonly microClusters: number | undefined;
  readonly seed: number;
}

/** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
export function agglomerativeSettings(options: AgglomerativeOptions): AgglomerativeSettings {
  const { microClusters, clusters } = options;
  return {
    ...linkageSettings(options),
    clusters: requireWholeNumber('The number of clusters', clusters, 1),
    microClusters: microClusters === undefined ? undefined : requireMicro(microClusters, clusters),
    seed: requireWholeNumber('seed', options.seed ?? 0, 0),
  };
}

/** @throws {InvalidArgumentError} when they do not go together */
export function linkageSettings({
  linkage: wanted = 'ward',
  metric: measured = 'euclidean',
}: Pick<AgglomerativeOptions, 'linkage' | 'metric'>): LinkageSettings {
  const linkage = requireOneOf('linkage', wanted, LINKAGES);
  const metric = requireOneOf('The metric', measured, DENSITY_METRICS);
  if (linkage === 'ward' && metric !== 'euclidean') {
    throw new InvalidArgumentError(
      `Ward's linkage needs the Euclidean metric; got ${metric}. Choose another linkage, or scale rows to unit length.`,
    );
  }
  return { linkage, metric };
}

/** The number of micro-clusters that a tree of so many points begins from; 0 for the points themselves. */
export function microClustersFor(rows: number, { linkage, microClusters }: AgglomerativeSettings): number {
  const chosen = microClusters ?? (rows > EXACT_POINTS[linkage] ? DEFAULT_MICRO_CLUSTERS : 0);
  return chosen < rows ? chosen : 0;
}

function requireMicro(microClusters: number, clusters: number): number {
  requireWholeNumber('microClusters', microClusters, 0);
  if (microClusters === 0 || microClusters >= clusters) return microClusters;
  throw new InvalidArgumentError(
    `microClusters must be 0 or at least the number of clusters, ${clusters}; got ${microClusters}.`,
  );
}
