import { InvalidArgumentError, type RowScalingKind } from '@shoal/core';
import type { Method, MethodMetrics } from './method.ts';
import type { MethodOptions, OptionName } from './options.ts';

/** A kind of clustering as options describe it: of the points, of an embedding, or of an autoencoder's code. */
export interface NamedClustering<Choice extends object> {
  /** The name of the kind: "kmeans". */
  readonly name: string;
  readonly title: string;
  /** Its options, without `scaling`, which is for the points. */
  readonly options: readonly OptionName[];
  /** The kind and its settings, in the form that pipelines take. */
  readonly choose: (options: MethodOptions) => Choice;
  /** See `Method.findsClusters`. */
  readonly findsClusters?: boolean | undefined;
  /** See `Method.metrics`. */
  readonly metrics?: ((options: MethodOptions) => MethodMetrics) | undefined;
}

/**
 * What a method that clusters another space than that of the points has of the clustering.
 *
 * @param space the beginning of its name: "umap"
 * @param title of the space: "UMAP"
 */
export function inSpace<Choice extends object>(
  { name, title: ofClustering, metrics, findsClusters }: NamedClustering<Choice>,
  space: string,
  title: string,
): Pick<Method, 'name' | 'title' | 'type' | 'metrics' | 'findsClusters'> {
  const type = `${space}-${name}`;
  return { name: type, title: `${title} and ${ofClustering}`, type, metrics, findsClusters };
}

const OF_ALL = ['nInit', 'maxIterations'] as const satisfies OptionName[];

/** Options of all kinds of k-means. */
const OF_KMEANS = [
  ...OF_ALL,
  'tol',
  'init',
  'metric',
  'rounds',
  'oversampling',
] as const satisfies OptionName[];

export const KMEANS = {
  name: 'kmeans',
  title: 'k-means',
  options: [...OF_KMEANS, 'precision'],
  choose(options: MethodOptions) {
    return { method: 'kmeans' as const, ...startOf(options), precision: options.precision };
  },
  metrics: ({ precision = 'exact' }: MethodOptions) => ({ precision }),
} as const satisfies NamedClustering<object>;

export const MINIBATCH = {
  name: 'minibatch-kmeans',
  title: 'mini-batch k-means',
  options: [...OF_KMEANS, 'batchSize', 'patience', 'reassignment'],
  choose(options: MethodOptions) {
    const { batchSize, patience, reassignment } = options;
    return { method: 'minibatch-kmeans' as const, ...startOf(options), batchSize, patience, reassignment };
  },
} as const satisfies NamedClustering<object>;

export const SIZED = {
  name: 'sized-kmeans',
  title: 'k-means with sizes',
  options: [...OF_KMEANS, 'minSize', 'maxSize', 'assignment'],
  choose(options: MethodOptions) {
    const { minSize, maxSize, assignment } = options;
    return { method: 'sized-kmeans' as const, ...startOf(options), minSize, maxSize, assignment };
  },
} as const satisfies NamedClustering<object>;

export const BISECTING = {
  name: 'bisecting-kmeans',
  title: 'bisecting k-means',
  options: [...OF_KMEANS, 'strategy'],
  choose(options: MethodOptions) {
    const { strategy } = options;
    return { method: 'bisecting-kmeans' as const, ...startOf(options), strategy };
  },
} as const satisfies NamedClustering<object>;

export const MIXTURE = {
  name: 'gmm',
  title: 'Gaussian mixture',
  options: [...OF_ALL, 'tol', 'init', 'covarianceType', 'regCovar'],
  choose(options: MethodOptions) {
    const { clusters, covarianceType, regCovar, nInit, maxIterations, tol: tolerance } = options;
    const init = oneOf('--init', options.init, ['kmeans', 'k-means++', 'random', 'random-from-data']);
    const own = { clusters, covarianceType, regCovar, nInit, maxIterations, tolerance, init };
    return { method: 'gmm' as const, ...own };
  },
} as const satisfies NamedClustering<object>;

export const BAYESIAN = {
  name: 'bayesian-gmm',
  title: 'Bayesian mixture',
  options: [...MIXTURE.options, 'weightPrior', 'concentration'],
  choose(options: MethodOptions) {
    const { weightPrior, concentration } = options;
    return { ...MIXTURE.choose(options), method: 'bayesian-gmm' as const, weightPrior, concentration };
  },
} as const satisfies NamedClustering<object>;

export const CUT = {
  name: 'cut',
  title: 'balanced cut',
  options: [...OF_ALL, 'balance', 'compactness'],
  choose({ clusters, nInit, maxIterations, balance, compactness }: MethodOptions) {
    return { method: 'cut' as const, clusters, nInit, maxIterations, balance, compactness };
  },
} as const satisfies NamedClustering<object>;

export const HDBSCAN = {
  name: 'hdbscan',
  title: 'HDBSCAN',
  options: [
    'metric',
    'minClusterSize',
    'minSamples',
    'clusterSelection',
    'clusterSelectionEpsilon',
    'maxClusterSize',
    'allowSingleCluster',
  ],
  findsClusters: true,
  choose(options: MethodOptions) {
    const { metric, minClusterSize, minSamples, clusterSelection } = options;
    const { clusterSelectionEpsilon, maxClusterSize, allowSingleCluster } = options;
    const sizes = { minClusterSize, minSamples, maxClusterSize };
    const choice = { clusterSelection, clusterSelectionEpsilon, allowSingleCluster };
    return { method: 'hdbscan' as const, metric, ...sizes, ...choice };
  },
} as const satisfies NamedClustering<object>;

export const DBSCAN = {
  name: 'dbscan',
  title: 'DBSCAN',
  options: ['metric', 'minSamples', 'radius'],
  findsClusters: true,
  choose({ metric, minSamples, radius }: MethodOptions) {
    if (radius === undefined) {
      throw new InvalidArgumentError(
        'DBSCAN needs a radius, which depends on the data: give --radius. HDBSCAN does not need one.',
      );
    }
    return { method: 'dbscan' as const, metric, minSamples, radius };
  },
} as const satisfies NamedClustering<object>;

export const AGGLOMERATIVE = {
  name: 'agglomerative',
  title: 'agglomerative clustering',
  options: ['metric', 'linkage', 'microClusters'],
  choose({ clusters, metric, linkage, microClusters }: MethodOptions) {
    return { method: 'agglomerative' as const, clusters, metric, linkage, microClusters };
  },
} as const satisfies NamedClustering<object>;

/** Row scaling, in the form that a model takes. */
export function scalingOf({ scaling }: MethodOptions): RowScalingKind | undefined {
  return scaling === 'none' ? undefined : scaling;
}

/** The settings that all kinds of k-means have. */
function startOf(options: MethodOptions) {
  const { clusters, metric, rounds, oversampling, nInit, maxIterations, tol: tolerance } = options;
  const init = oneOf('--init', options.init, ['k-means++', 'k-means||', 'random']);
  return { clusters, metric, init, rounds, oversampling, nInit, maxIterations, tolerance };
}

function oneOf<const T extends string>(
  option: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new InvalidArgumentError(`${option} takes ${choices.join(', ')} with this method; got "${value}".`);
  }
  return found;
}
