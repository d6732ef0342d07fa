import {
  GaussianMixture,
  InvalidArgumentError,
  KMeans,
  type Engine,
  type CovarianceType,
  type GaussianMixtureModel,
  type KMeansMetric,
  type KMeansModel,
  type KMeansPrecision,
  type Matrix,
  type ModelState,
  type Points,
  type ProgressListener,
  type RowScalingKind,
} from '@shoal/core';
import type { DeepClusteringModel } from '@shoal/deep-clustering';
import type { OpenEngine } from './engines.ts';
import { rejectGiven } from './reject-given.ts';

/** Values of `--method`. */
export const METHODS = ['kmeans', 'gmm', 'ae-kmeans', 'ae-gmm'] as const;
type Method = (typeof METHODS)[number];

/** Settings of `shoal fit` that reach an algorithm. */
export interface MethodOptions {
  readonly method: Method;
  readonly clusters: number;
  readonly seed: number;
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
  readonly epochs?: number | undefined;
}

/** A fitted model of any method, reduced to what the commands need. */
export interface FittedModel {
  readonly labels: Uint32Array;
  /** What was optimised, and its course. */
  readonly objective: { readonly name: string; readonly value: number; readonly history: readonly number[] };
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  /** Losses per epoch, and the network's layers, where an autoencoder was trained. */
  readonly autoencoder?:
    | {
        readonly summary: string;
        readonly loss: readonly number[];
        readonly validationLoss: readonly number[];
      }
    | undefined;
  /** What divides the space that the clusters live in. */
  readonly clustering: KMeansModel | GaussianMixtureModel;
  predict(points: Matrix, signal: AbortSignal): Promise<Uint32Array>;
  /** The points as they were given to `clustering`, on the host: the very same ones, or their code. */
  space(points: Matrix, signal: AbortSignal): Promise<Matrix>;
  toState(): ModelState;
  dispose(): void;
}

interface Run {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * Fits the method asked for.
 *
 * @param validation points whose reconstruction is watched while an autoencoder trains
 * @throws {InvalidArgumentError} when `--init` names a way to start that the method does not have
 */
export async function fitMethod(
  points: Matrix,
  validation: Matrix | undefined,
  options: MethodOptions,
  opened: OpenEngine,
  run: Run,
): Promise<FittedModel> {
  const { engine } = opened;
  switch (options.method) {
    case 'kmeans':
      return ofCluster(await new KMeans({ ...kmeansOptions(options), engine }).fit(points, run));
    case 'gmm':
      return ofCluster(await new GaussianMixture({ ...mixtureOptions(options), engine }).fit(points, run));
    case 'ae-kmeans':
    case 'ae-gmm': {
      const { DeepClustering, defaultAutoencoder } = await import('@shoal/deep-clustering');
      const backend = await opened.tensorBackend();
      const { epochs = defaultAutoencoder.epochs, scaling, seed } = options;
      const deep = new DeepClustering({
        autoencoder: { ...defaultAutoencoder, epochs },
        clustering:
          options.method === 'ae-kmeans'
            ? { method: 'kmeans', ...kmeansOptions(options) }
            : { method: 'gmm', ...mixtureOptions(options) },
        scaling,
        seed,
        backend,
        engine,
      });
      return ofDeep(await deep.fit(points, { ...run, validation }), engine);
    }
  }
}

function kmeansOptions(options: MethodOptions) {
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

function mixtureOptions(options: MethodOptions) {
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

/** @throws {UsageError} when an option means nothing to the method, or to its way to start */
export function rejectForeignOptions(options: MethodOptions): void {
  const { method, metric, init, rounds, oversampling, precision } = options;
  const { covarianceType, regCovar, epochs } = options;
  const scalable = { '--rounds': rounds, '--oversampling': oversampling };
  rejectGiven(`--method ${method}`, {
    ...(method.endsWith('gmm')
      ? { '--metric': metric, '--precision': precision, ...scalable }
      : { '--covariance-type': covarianceType, '--reg-covar': regCovar }),
    ...(!method.startsWith('ae-') && { '--epochs': epochs }),
  });
  if (init !== 'k-means||') rejectGiven(`--init ${init ?? 'k-means++'}`, scalable);
}

function ofCluster(model: KMeansModel | GaussianMixtureModel): FittedModel {
  const { labels, iterations, converged, warnings } = model;
  return {
    labels,
    iterations,
    converged,
    warnings,
    objective: objectiveOf(model),
    clustering: model,
    predict: (points, signal) => model.predict(points, { signal }),
    space: (points) => Promise.resolve(points),
    toState: () => model.toState(),
    dispose: () => undefined,
  };
}

function ofDeep(model: DeepClusteringModel, engine: Engine): FittedModel {
  const { autoencoder, clustering } = model;
  return {
    ...ofCluster(clustering),
    autoencoder: { summary: autoencoder.summary(), ...autoencoder.history },
    predict: (points, signal) => model.predict(points, { signal }),
    space: async (points, signal) => {
      const code = await autoencoder.encode(points, { signal });
      try {
        return await onHost(code, engine);
      } finally {
        if (code.location === 'device') code.destroy();
      }
    },
    toState: () => model.toState(),
    dispose: () => {
      model.dispose();
    },
  };
}

/** Points in host memory; those on a device stay there, too. */
export async function onHost(points: Points, engine: Engine): Promise<Matrix> {
  return points.location === 'host' ? points : engine.download(points);
}

function objectiveOf(model: KMeansModel | GaussianMixtureModel): FittedModel['objective'] {
  return 'inertia' in model
    ? { name: 'inertia', value: model.inertia, history: model.inertiaHistory }
    : { name: 'mean log-likelihood', value: model.lowerBound, history: model.lowerBoundHistory };
}
