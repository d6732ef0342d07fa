import {
  type Engine,
  GaussianMixture,
  type GaussianMixtureModel,
  type Matrix,
  type Points,
  type PointsLike,
  pointsOf,
} from '@shoal/core';
import { Autoencoder, type AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import { isAutoencoderCheckpoint } from '../autoencoder/checkpoint.ts';
import { readState } from '../autoencoder/model-state.ts';
import { resolveSettings, type AutoencoderSettings } from '../autoencoder/options.ts';
import { lossFunction } from '../autoencoder/reconstruction-loss.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { requireReadableCode } from '../pipeline/require-readable-code.ts';
import { codeOnHost } from '../pipeline/with-code.ts';
import { readVadeCheckpoint, writeVadeCheckpoint, type VadeCheckpoint } from './checkpoint.ts';
import { resolveVade, type ResolvedVadeSettings, type VadeOptions } from './options.ts';
import { defaultVade } from './presets.ts';
import { trainVade, type VadeHistory } from './training.ts';
import { VadeModel } from './vade-model.ts';
import { VariationalNetwork, type VadeWeights } from './variational-network.ts';

/** The variance that codes start with, as a share of the mixture's mean variance. */
const STARTING_VARIANCE = 0.1;

/**
 * Variational deep embedding: an autoencoder whose codes are drawn from Gaussians, trained together with a mixture of
 * Gaussians that should describe the codes (VaDE: Jiang, Zheng, Tan, Tang & Zhou, IJCAI 2017). It starts from a plain
 * autoencoder and a mixture of its code. A checkpoint is made after every epoch of the autoencoder, then before every
 * epoch and after the last; after the phase `training` and those of the mixture, progress of the phase `vade` counts
 * points, over all epochs.
 *
 * On one backend and device the same points, options and seed give the same result, bit for bit on wasm.
 *
 * @example
 * const model = await new Vade({ clusters: 10, backend, engine }).fit(points);
 * const responsibilities = await model.predictProba(newPoints);
 */
export class Vade {
  readonly #settings: ResolvedVadeSettings;
  readonly #autoencoder: AutoencoderSettings;
  readonly #trainer: Autoencoder;
  readonly #mixture: GaussianMixture;
  readonly #seed: number;
  readonly #backend: TensorBackend;
  readonly #engine: Engine | undefined;

  /**
   * @throws {InvalidArgumentError} when a setting is out of its range
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  constructor(options: VadeOptions) {
    const { backend, engine, seed = 0, nInit = 5, clusters } = options;
    requireReadableCode(backend, engine);
    this.#settings = resolveVade(options);
    this.#autoencoder = options.autoencoder ?? defaultVade.autoencoder;
    this.#trainer = new Autoencoder({ ...this.#autoencoder, backend, seed });
    this.#mixture = new GaussianMixture({
      clusters: clusters,
      covarianceType: 'diag',
      regCovar: 1e-3,
      nInit,
      seed,
      engine,
    });
    this.#seed = seed;
    this.#backend = backend;
    this.#engine = engine;
  }

  /**
   * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
   * @throws like `Autoencoder.fit` and `GaussianMixture.fit`
   * @throws {DataError} when training diverges, or `resume` belongs to another model or other points, or is damaged
   */
  async fit(given: PointsLike, options: AutoencoderFitOptions = {}): Promise<VadeModel> {
    const points = pointsOf(given);
    const { resume, signal, onProgress, onCheckpoint } = options;
    const start =
      resume && !isAutoencoderCheckpoint(resume)
        ? readVadeCheckpoint(resume, this.#settings, points)
        : await this.#start(points, options);
    const backend = this.#backend;
    const { shape, history: pretraining, startLabels } = start;
    const { loss } = resolveSettings(this.#autoencoder);
    const reconstruction = lossFunction(loss, shape.outputActivation);
    const trained = backend.run(() => new VariationalNetwork(shape, start.weights, reconstruction, backend));
    try {
      const outcome = await trainVade(
        {
          network: trained,
          settings: this.#settings,
          // At this point the autoencoder is trained, so the points are on the host.
          points: points as Matrix,
          codeColumns: shape.layers[shape.encoderDepth - 1].units,
          backend,
          seed: this.#seed,
          signal,
          onProgress,
          onEpoch:
            onCheckpoint &&
            (async (progress) => {
              const weights = await trained.readWeights();
              const checkpoint = { shape, weights, history: pretraining, startLabels, progress };
              await onCheckpoint(writeVadeCheckpoint(checkpoint, this.#settings));
            }),
        },
        start.progress,
      );
      return await this.#modelOf(points, trained, start, outcome, signal);
    } catch (error) {
      if (!backend.destroyed) trained.network.dispose();
      throw error;
    } finally {
      if (!backend.destroyed) trained.disposeRest();
    }
  }

  /** Trains the autoencoder, and fits a mixture to its code. */
  async #start(points: Points, options: AutoencoderFitOptions): Promise<VadeCheckpoint> {
    const { signal, onProgress } = options;
    const model = await this.#trainer.fit(points, options);
    try {
      const code = await codeOnHost(model, points, this.#engine, { signal });
      const mixture = await this.#mixture.fit(code, { signal, onProgress });
      const { shape, weights, history } = readState(model.toState());
      return {
        shape,
        history,
        weights: startingWeights(weights, mixture, shape.layers[shape.encoderDepth - 1].inputs),
        startLabels: mixture.labels,
        progress: undefined,
      };
    } finally {
      model.destroy();
    }
  }

  async #modelOf(
    points: Points,
    trained: VariationalNetwork,
    { shape, history: pretraining, startLabels }: VadeCheckpoint,
    history: VadeHistory,
    signal: AbortSignal | undefined,
  ): Promise<VadeModel> {
    const weights = await trained.readWeights();
    const autoencoder = new AutoencoderModel({
      network: trained.network,
      shape,
      weights: weights.layers,
      backend: this.#backend,
      history: pretraining,
    });
    const code = await codeOnHost(autoencoder, points, this.#engine, { signal });
    // Without iterations: the mixture stays as trained, and gets the methods of a mixture of the code.
    const clustering = await new GaussianMixture({
      clusters: this.#settings.clusters,
      covarianceType: 'diag',
      regCovar: 0,
      init: mixtureOf(weights),
      maxIterations: 0,
      engine: this.#engine,
    }).fit(code, { signal });
    return new VadeModel({ autoencoder, clustering, startLabels, history });
  }
}

/** The autoencoder and the mixture as they are; at first codes have the same small variance everywhere. */
function startingWeights(
  layers: VadeWeights['layers'],
  { weights, means, covariances }: GaussianMixtureModel,
  hidden: number,
): VadeWeights {
  const columns = means.length / weights.length;
  const mean = covariances.reduce((sum, variance) => sum + variance, 0) / covariances.length;
  return {
    layers,
    logVariance: {
      weights: new Float32Array(hidden * columns),
      bias: new Float32Array(columns).fill(Math.log(STARTING_VARIANCE * mean)),
    },
    logits: Float32Array.from(weights, (weight) => Math.log(Math.max(weight, 1e-6))),
    means: Float32Array.from(means),
    logVariances: Float32Array.from(covariances, Math.log),
  };
}

function mixtureOf({ logits, means, logVariances }: VadeWeights) {
  const largest = Math.max(...logits);
  const shares = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    weights: shares.map((share) => share / sum),
    means: Float64Array.from(means),
    covariances: Float64Array.from(logVariances, Math.exp),
  };
}
