import {
  GaussianMixture,
  KMeans,
  type Engine,
  type Matrix,
  type ModelState,
  type ProgressListener,
} from '@shoal/core';
import type {
  AutoencoderModel,
  DeepClusteringModel,
  EmbeddedClusteringModel,
  ImageSettings,
  N2dModel,
  VadeModel,
} from '@shoal/deep-clustering';
import type { BalancedCutModel, EmbeddingClusteringModel, UmapClusteringModel } from '@shoal/manifold';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { kmeansOptions, mixtureOptions, umapOptions, type MethodOptions } from './method-options.ts';

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
  readonly clustering: EmbeddingClusteringModel;
  predict(points: Matrix, signal: AbortSignal): Promise<Uint32Array>;
  /** Where `clustering` has the points, when not where they are themselves. */
  readonly space?: FittedSpace | undefined;
  toState(): ModelState;
  dispose(): void;
}

/** A space that clusters live in. */
export interface FittedSpace {
  /** What it is called: the principal components "of" this are looked at. */
  readonly name: string;
  ofTraining(signal: AbortSignal): Promise<Matrix>;
  of(points: Matrix, signal: AbortSignal): Promise<Matrix>;
}

/** What a method is fitted to. */
export interface FitInput {
  readonly points: Matrix;
  /** Points whose reconstruction is watched while an autoencoder trains. */
  readonly validation?: Matrix | undefined;
  /** The points as they were given, where `points` describes them. */
  readonly described?: Matrix | undefined;
  /** How rows make images, where they do. */
  readonly image?: ImageSettings | undefined;
}

export interface Run {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * Fits the method asked for.
 *
 * @throws {InvalidArgumentError} when `--init` names a way to start that the method does not have
 * @throws {UsageError} when `--layers` has convolutions and the points are no images
 */
export async function fitMethod(
  { points, validation, described: compactIn, image }: FitInput,
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
      const { DeepClustering } = await import('@shoal/deep-clustering');
      const backend = await opened.tensorBackend();
      const { scaling, seed } = options;
      const deep = new DeepClustering({
        autoencoder: await autoencoderOf(options, image),
        clustering:
          options.method === 'ae-kmeans'
            ? { method: 'kmeans', ...kmeansOptions(options) }
            : { method: 'gmm', ...mixtureOptions(options) },
        scaling,
        seed,
        backend,
        engine,
      });
      return ofDeep(await deep.fit(points, { ...run, validation }), points, engine);
    }
    case 'umap-kmeans':
    case 'umap-gmm':
    case 'umap-cut': {
      const { UmapClustering } = await import('@shoal/manifold');
      const { pca: principalComponents, seed } = options;
      const umap = new UmapClustering({ ...umapOptions(options), principalComponents, seed, engine });
      return ofUmap(await umap.fit(points, { ...run, compactIn }));
    }
    case 'n2d':
    case 'n2d-cut': {
      const { N2d } = await import('@shoal/deep-clustering');
      const backend = await opened.tensorBackend();
      const { members, seed } = options;
      const autoencoder = await autoencoderOf(options, image);
      const n2d = new N2d({ ...umapOptions(options), autoencoder, members, seed, backend, engine });
      return ofN2d(await n2d.fit(points, { ...run, validation, compactIn }));
    }
    case 'dec':
    case 'idec': {
      const { EmbeddedClustering } = await import('@shoal/deep-clustering');
      const { clusters, seed, nInit, tol: tolerance, maxIterations: maxSteps } = options;
      const embedded = new EmbeddedClustering({
        objective: options.method,
        clusters,
        autoencoder: await autoencoderOf(options, image),
        nInit,
        tolerance,
        maxSteps,
        seed,
        backend: await opened.tensorBackend(),
        engine,
      });
      return ofEmbedded(await embedded.fit(points, { ...run, validation }), points, engine);
    }
    case 'vade': {
      const { Vade } = await import('@shoal/deep-clustering');
      const { clusters, seed, nInit, maxIterations } = options;
      const autoencoder = await autoencoderOf(options, image);
      const vade = new Vade({
        clusters,
        // A few columns are enough for Gaussians, and quicker.
        autoencoder: {
          ...autoencoder,
          layers: options.layers ?? [...autoencoder.layers.slice(0, -1), VADE_COLUMNS],
        },
        epochs: maxIterations,
        nInit,
        seed,
        backend: await opened.tensorBackend(),
        engine,
      });
      return ofVade(await vade.fit(points, { ...run, validation }), points, engine);
    }
  }
}

/** Columns of VaDE's code. */
const VADE_COLUMNS = 10;

/** The autoencoder for what the points are. */
async function autoencoderOf({ features, layers, epochs }: MethodOptions, image: ImageSettings | undefined) {
  if (image === undefined && layers?.some((layer) => typeof layer === 'object')) {
    throw new UsageError(
      '--layers with convolutions takes images, a dataset of them or IDX; these points are none.',
    );
  }
  const { defaultAutoencoder, gradientAutoencoder } = await import('@shoal/deep-clustering');
  const preset = features === 'gradients' ? gradientAutoencoder : defaultAutoencoder;
  return {
    ...preset,
    layers: layers ?? preset.layers,
    image: layers && image,
    epochs: epochs ?? preset.epochs,
  };
}

function ofCluster(model: EmbeddingClusteringModel): FittedModel {
  const { labels, iterations, converged, warnings } = model;
  return {
    labels,
    iterations,
    converged,
    warnings,
    objective: objectiveOf(model),
    clustering: model,
    predict: (points, signal) => model.predict(points, { signal }),
    toState: () => model.toState(),
    dispose: () => undefined,
  };
}

function ofDeep(
  model: DeepClusteringModel | EmbeddedClusteringModel | VadeModel,
  points: Matrix,
  engine: Engine,
): FittedModel {
  const { autoencoder, clustering } = model;
  const codeOf = async (queries: Matrix, signal: AbortSignal): Promise<Matrix> => {
    const { codeOnHost } = await import('@shoal/deep-clustering');
    return codeOnHost(autoencoder, queries, engine, { signal });
  };
  return {
    ...ofCluster(clustering),
    autoencoder: trainingOf(autoencoder),
    predict: (queries, signal) => model.predict(queries, { signal }),
    space: {
      name: "the autoencoder's code",
      ofTraining: (signal) => codeOf(points, signal),
      of: codeOf,
    },
    toState: () => model.toState(),
    dispose: () => {
      model.dispose();
    },
  };
}

function ofEmbedded(model: EmbeddedClusteringModel, points: Matrix, engine: Engine): FittedModel {
  const { clusteringLoss } = model.history;
  const value = clusteringLoss[clusteringLoss.length - 1];
  return {
    ...ofDeep(model, points, engine),
    objective: { name: 'clustering loss', value, history: clusteringLoss },
  };
}

function ofVade(model: VadeModel, points: Matrix, engine: Engine): FittedModel {
  const { reconstructionLoss, divergence } = model.history;
  const losses = reconstructionLoss.map((loss, epoch) => loss + divergence[epoch]);
  return {
    ...ofDeep(model, points, engine),
    iterations: losses.length,
    // It ends after its epochs.
    converged: true,
    warnings: model.warnings,
    objective: { name: 'variational loss', value: losses[losses.length - 1], history: losses },
  };
}

function ofUmap(model: UmapClusteringModel): FittedModel {
  return {
    ...ofCluster(model.clustering),
    labels: model.labels,
    warnings: model.warnings,
    predict: (points, signal) => model.predict(points, { signal }),
    space: spaceOf(model),
    toState: () => model.toState(),
  };
}

function spaceOf(model: UmapClusteringModel | N2dModel): FittedSpace {
  return {
    name: 'the UMAP embedding',
    ofTraining: () => Promise.resolve(model.embedding),
    of: (points, signal) => model.transform(points, { signal }),
  };
}

function ofN2d(model: N2dModel): FittedModel {
  return {
    ...ofUmap(model.clustering),
    // They differ by their seeds alone.
    autoencoder: trainingOf(model.autoencoders[0]),
    predict: (points, signal) => model.predict(points, { signal }),
    space: spaceOf(model),
    toState: () => model.toState(),
    dispose: () => {
      model.dispose();
    },
  };
}

function trainingOf(autoencoder: AutoencoderModel): FittedModel['autoencoder'] {
  return { summary: autoencoder.summary(), ...autoencoder.history };
}

function objectiveOf(model: EmbeddingClusteringModel): FittedModel['objective'] {
  if ('clusterOf' in model) return { name: 'balanced cut', value: model.value, history: model.history };
  return 'inertia' in model
    ? { name: 'inertia', value: model.inertia, history: model.inertiaHistory }
    : { name: 'mean log-likelihood', value: model.lowerBound, history: model.lowerBoundHistory };
}

/** What a viewer may take for the clusters' centers; a cut has none. */
export function centersOf(
  model: EmbeddingClusteringModel,
): Exclude<EmbeddingClusteringModel, BalancedCutModel> | undefined {
  return 'clusterOf' in model ? undefined : model;
}
