import {
  InvalidArgumentError,
  type CovarianceType,
  type KMeansMetric,
  type KMeansPrecision,
  type RowScalingKind,
} from '@shoal/core';
import type { EncoderLayer } from '@shoal/deep-clustering';
import type { Balance } from '@shoal/manifold';
import { rejectGiven } from '../reject-given.ts';

/** Values of `--features`: pixels as they are, or oriented gradients of images. */
export const FEATURES = ['pixels', 'gradients'] as const;
export type FeatureName = (typeof FEATURES)[number];

/** What a method is made of, by the options that mean something to it. */
export interface MethodParts {
  readonly title: string;
  /** What divides the space in the end. */
  readonly clusters: 'kmeans' | 'gmm' | 'cut';
  readonly autoencoder?: true;
  readonly umap?: true;
  /** Network and clusters are trained together. */
  readonly together?: true;
}

/** Values of `--method`, and what they stand for. */
export const METHOD_PARTS = {
  kmeans: { title: 'k-means', clusters: 'kmeans' },
  gmm: { title: 'Gaussian mixture', clusters: 'gmm' },
  'ae-kmeans': { title: 'autoencoder and k-means', clusters: 'kmeans', autoencoder: true },
  'ae-gmm': { title: 'autoencoder and Gaussian mixture', clusters: 'gmm', autoencoder: true },
  'umap-kmeans': { title: 'UMAP and k-means', clusters: 'kmeans', umap: true },
  'umap-gmm': { title: 'UMAP and Gaussian mixture', clusters: 'gmm', umap: true },
  'umap-cut': { title: 'UMAP and balanced cut', clusters: 'cut', umap: true },
  n2d: {
    title: 'N2D: autoencoder, UMAP and Gaussian mixture',
    clusters: 'gmm',
    autoencoder: true,
    umap: true,
  },
  'n2d-cut': {
    title: 'Autoencoder, UMAP and balanced cut',
    clusters: 'cut',
    autoencoder: true,
    umap: true,
  },
  dec: { title: 'DEC: deep embedded clustering', clusters: 'kmeans', autoencoder: true, together: true },
  idec: {
    title: 'IDEC: deep embedded clustering with reconstruction',
    clusters: 'kmeans',
    autoencoder: true,
    together: true,
  },
  vade: {
    title: 'VaDE: variational deep embedding',
    clusters: 'gmm',
    autoencoder: true,
    together: true,
  },
} as const satisfies Record<string, MethodParts>;
export type Method = keyof typeof METHOD_PARTS;

export const METHODS = Object.keys(METHOD_PARTS) as readonly Method[];

/** Settings of `shoal fit` that reach an algorithm. */
export interface MethodOptions {
  readonly method: Method;
  readonly clusters: number;
  readonly seed: number;
  /** What the points are, when not what they were given as; default `pixels`, which all points may be. */
  readonly features?: FeatureName | undefined;
  readonly scaling?: RowScalingKind | 'none' | undefined;
  readonly metric?: KMeansMetric | undefined;
  readonly init?: string | undefined;
  readonly rounds?: number | undefined;
  readonly oversampling?: number | undefined;
  readonly nInit?: number | undefined;
  readonly maxIterations?: number | undefined;
  readonly tol?: number | undefined;
  readonly precision?: KMeansPrecision | undefined;
  readonly covarianceType?: CovarianceType | undefined;
  readonly regCovar?: number | undefined;
  readonly layers?: readonly EncoderLayer[] | undefined;
  readonly epochs?: number | undefined;
  readonly members?: number | undefined;
  readonly neighbors?: number | undefined;
  readonly dimensions?: number | undefined;
  readonly minDist?: number | undefined;
  readonly layoutEpochs?: number | undefined;
  readonly pca?: number | undefined;
  readonly balance?: Balance | undefined;
  readonly compactness?: number | undefined;
}

/** @throws {UsageError} when an option means nothing to the method, or to its way to start */
export function rejectForeignOptions(options: MethodOptions): void {
  const { method, metric, init, rounds, oversampling, precision } = options;
  const { covarianceType, regCovar, layers, epochs } = options;
  const { neighbors, dimensions, minDist, layoutEpochs, pca } = options;
  const parts: MethodParts = METHOD_PARTS[method];
  const scalable = { '--rounds': rounds, '--oversampling': oversampling };
  rejectGiven(`--method ${method}`, {
    ...(parts.clusters !== 'kmeans' && { '--metric': metric, '--precision': precision, ...scalable }),
    ...(parts.clusters !== 'gmm' && { '--covariance-type': covarianceType, '--reg-covar': regCovar }),
    ...(parts.clusters === 'cut'
      ? { '--init': init, '--tol': options.tol }
      : { '--balance': options.balance, '--compactness': options.compactness }),
    ...(!parts.autoencoder && { '--layers': layers, '--epochs': epochs }),
    ...(!parts.umap && {
      '--neighbors': neighbors,
      '--dimensions': dimensions,
      '--min-dist': minDist,
      '--layout-epochs': layoutEpochs,
    }),
    ...((!parts.umap || parts.autoencoder) && { '--pca': pca }),
    ...(parts.together && {
      '--scaling': options.scaling,
      '--metric': metric,
      '--init': init,
      '--precision': precision,
      '--covariance-type': covarianceType,
      '--reg-covar': regCovar,
      ...scalable,
    }),
    ...((!parts.autoencoder || !parts.umap) && { '--members': options.members }),
    ...(method === 'vade' && { '--tol': options.tol }),
  });
  if (init !== 'k-means||') rejectGiven(`--init ${init ?? 'k-means++'}`, scalable);
}

/** The settings of k-means among them. */
export function kmeansOptions(options: MethodOptions) {
  const { clusters, seed, metric, rounds, oversampling, nInit, maxIterations, precision } = options;
  const init =
    options.init === undefined
      ? undefined
      : oneOf('--init', options.init, ['k-means++', 'k-means||', 'random']);
  const scaling = kind(options.scaling);
  const tolerance = options.tol;
  return {
    clusters,
    seed,
    metric,
    init,
    rounds,
    oversampling,
    nInit,
    maxIterations,
    tolerance,
    precision,
    scaling,
  };
}

/** The settings of a mixture among them. */
export function mixtureOptions(options: MethodOptions) {
  const {
    clusters: components,
    seed,
    covarianceType,
    regCovar,
    nInit,
    maxIterations,
    tol: tolerance,
  } = options;
  const init =
    options.init === undefined
      ? undefined
      : oneOf('--init', options.init, ['kmeans', 'k-means++', 'random', 'random-from-data']);
  const scaling = kind(options.scaling);
  return { components, seed, covarianceType, regCovar, nInit, maxIterations, tolerance, init, scaling };
}

/** The settings of a balanced cut among them. */
function cutOptions({ clusters, seed, nInit, maxIterations: sweeps, balance, compactness }: MethodOptions) {
  return { clusters, seed, nInit, sweeps, balance, compactness };
}

/** The settings of UMAP among them, and of what divides its embedding. */
export function umapOptions(options: MethodOptions) {
  const { method, scaling, neighbors, dimensions, minDist, layoutEpochs } = options;
  if (scaling !== undefined && scaling !== 'none' && scaling !== 'unit') {
    throw new InvalidArgumentError(`--scaling takes none or unit with ${method}; got "${scaling}".`);
  }
  // Rows are scaled before the embedding; the embedding is divided as it is.
  const embedded = { ...options, scaling: undefined };
  return {
    umap: { neighbors, components: dimensions, minDist, epochs: layoutEpochs },
    unitLength: scaling === undefined ? undefined : scaling === 'unit',
    clustering: clusteringOf(embedded),
  };
}

function clusteringOf(options: MethodOptions) {
  switch (METHOD_PARTS[options.method].clusters) {
    case 'gmm':
      return { method: 'gmm' as const, ...mixtureOptions(options) };
    case 'kmeans':
      return { method: 'kmeans' as const, ...kmeansOptions(options) };
    case 'cut':
      return { method: 'cut' as const, ...cutOptions(options) };
  }
}

function kind(scaling: MethodOptions['scaling']): RowScalingKind | undefined {
  return scaling === 'none' ? undefined : scaling;
}

function oneOf<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new InvalidArgumentError(`${option} takes ${choices.join(', ')} with this method; got "${value}".`);
  }
  return found;
}
