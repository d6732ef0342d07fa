import {
  type Engine,
  KMeans,
  KMeansModel,
  matrix,
  type Matrix,
  type Points,
  type PointsLike,
  pointsOf,
} from '@shoal/core';
import { warnOfUnusedClusters } from '@shoal/core/model-kit';
import { tensor2d, variable, type Variable } from '@tensorflow/tfjs-core';
import { Autoencoder, type AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import { Network } from '../layers/network.ts';
import { isAutoencoderCheckpoint } from '../autoencoder/checkpoint.ts';
import { readState } from '../autoencoder/model-state.ts';
import { resolveSettings, type AutoencoderSettings } from '../autoencoder/options.ts';
import { lossFunction } from '../autoencoder/reconstruction-loss.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { requireReadableCode } from '../pipeline/require-readable-code.ts';
import { codeOnHost, withCode } from '../pipeline/with-code.ts';
import { UNUSED_AFTER_TRAINING } from '../training/unused-after-training.ts';
import { readCheckpoint, writeCheckpoint, type EmbeddedCheckpoint } from './checkpoint.ts';
import { EmbeddedClusteringModel } from './embedded-clustering-model.ts';
import { resolveEmbedded, type EmbeddedClusteringOptions, type ResolvedEmbeddedSettings } from './options.ts';
import { defaultEmbeddedClustering } from './presets.ts';
import { trainEmbedding, type EmbeddedProgress, type TrainedEmbedding } from './training.ts';

/**
 * Deep embedded clustering: an autoencoder is trained, k-means finds centers in its code, and then encoder and centers
 * are trained to make assignments by Student's t more certain (DEC: Xie, Girshick & Farhadi, ICML 2016). IDEC also
 * keeps the decoder and its reconstruction loss, which binds the code to the data (Guo, Gao, Liu & Yin, IJCAI 2017). A
 * checkpoint is made after every epoch of the autoencoder and at every new target distribution; after the phase
 * `training` and those of k-means, progress of the phase `dec` or `idec` counts steps.
 *
 * On one backend and device the same points, options and seed give the same result, bit for bit on wasm.
 *
 * @example
 * const model = await new EmbeddedClustering({ objective: 'idec', clusters: 10, backend, engine }).fit(points);
 * const labels = await model.predict(newPoints);
 */
export class EmbeddedClustering {
  readonly #settings: ResolvedEmbeddedSettings;
  readonly #autoencoder: AutoencoderSettings;
  readonly #trainer: Autoencoder;
  readonly #nInit: number | undefined;
  readonly #seed: number;
  readonly #backend: TensorBackend;
  readonly #engine: Engine | undefined;

  /**
   * @throws {InvalidArgumentError} when a setting is out of its range
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  constructor(options: EmbeddedClusteringOptions) {
    const { backend, engine, seed = 0, nInit } = options;
    requireReadableCode(backend, engine);
    this.#settings = resolveEmbedded(options);
    this.#autoencoder = options.autoencoder ?? defaultEmbeddedClustering.autoencoder;
    this.#trainer = new Autoencoder({ ...this.#autoencoder, backend, seed });
    this.#nInit = nInit;
    this.#seed = seed;
    this.#backend = backend;
    this.#engine = engine;
    // Settings that k-means refuses must fail here, not after the autoencoder is trained.
    this.#kmeans();
  }

  /**
   * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
   * @throws like `Autoencoder.fit` and `KMeans.fit`
   * @throws {DataError} when training diverges, or `resume` belongs to another model or other points, or is damaged
   */
  async fit(given: PointsLike, options: AutoencoderFitOptions = {}): Promise<EmbeddedClusteringModel> {
    const points = pointsOf(given);
    const { resume } = options;
    const start =
      resume && !isAutoencoderCheckpoint(resume)
        ? readCheckpoint(resume, this.#settings, points)
        : await this.#start(points, options);
    const backend = this.#backend;
    const { shape, weights, history } = start.autoencoder;
    const network = backend.run(() => new Network(shape, weights, backend));
    const { clusters } = this.#settings;
    const centers = backend.run(() =>
      variable(tensor2d(start.centers, [clusters, start.centers.length / clusters])),
    );
    try {
      const trained = await this.#train(points, start, { network, centers }, options);
      const saved = { shape, weights: await network.readWeights(), history };
      const autoencoder = new AutoencoderModel({ ...saved, network, backend });
      const code = await codeOnHost(autoencoder, points, this.#engine, options);
      const found = await backend.read(centers);
      return new EmbeddedClusteringModel({
        method: this.#settings.objective,
        autoencoder,
        clustering: this.#clusteringOf(code, found, trained),
        startLabels: start.startLabels,
        history: trained.history,
      });
    } catch (error) {
      if (!backend.destroyed) network.dispose();
      throw error;
    } finally {
      if (!backend.destroyed) centers.dispose();
    }
  }

  /** Trains the autoencoder, and finds centers in its code. */
  async #start(points: Points, options: AutoencoderFitOptions): Promise<Start> {
    const { signal, onProgress } = options;
    const model = await this.#trainer.fit(points, options);
    try {
      return await withCode(model, points, { signal }, async (code) => {
        const { centroids, labels } = await this.#kmeans().fit(code, { signal, onProgress });
        const centers = Float32Array.from(centroids.data);
        return { autoencoder: readState(model.toState()), centers, startLabels: labels };
      });
    } finally {
      model.destroy();
    }
  }

  async #train(
    points: Points,
    start: Start,
    trained: { readonly network: Network; readonly centers: Variable },
    { signal, onProgress, onCheckpoint }: AutoencoderFitOptions,
  ): Promise<TrainedEmbedding> {
    const { network, centers } = trained;
    const { shape, history } = start.autoencoder;
    const backend = this.#backend;
    const { loss } = resolveSettings(this.#autoencoder);
    const encoder = new AutoencoderModel({ ...start.autoencoder, network, backend });
    const job = {
      network,
      centers,
      settings: this.#settings,
      reconstruction: lossFunction(loss, shape.outputActivation),
      // At this point the autoencoder is trained, so the points are on the host.
      points: points as Matrix,
      backend,
      seed: this.#seed,
      signal,
      onProgress,
      encode: () => codeOnHost(encoder, points, this.#engine, { signal }),
      onTarget:
        onCheckpoint &&
        (async (progress: EmbeddedProgress) => {
          const autoencoder = { shape, weights: await network.readWeights(), history };
          const now = await backend.read(centers);
          const { startLabels } = start;
          await onCheckpoint(
            writeCheckpoint({ autoencoder, centers: now, startLabels, progress }, this.#settings),
          );
        }),
    };
    return trainEmbedding(job, start.progress);
  }

  /** Assignments by Student's t go to the nearest center, so k-means with these centers predicts the same. */
  #clusteringOf(code: Matrix, centers: Float32Array, trained: TrainedEmbedding): KMeansModel {
    const { clusters } = this.#settings;
    const { labels, steps, converged } = trained;
    const inertia = inertiaOf(code, centers, labels);
    return new KMeansModel(
      {
        clusters,
        metric: 'euclidean',
        centroids: matrix(centers, clusters, code.columns),
        labels,
        inertia,
        inertiaHistory: [inertia],
        iterations: steps,
        converged,
        warnings: [
          ...warnOfUnusedClusters(labels, clusters, UNUSED_AFTER_TRAINING),
          ...(converged
            ? []
            : [
                `Training ended after ${steps} steps with more than a share of ${this.#settings.tolerance} changing.`,
              ]),
        ],
      },
      this.#engine,
    );
  }

  #kmeans(): KMeans {
    const { clusters } = this.#settings;
    return new KMeans({ clusters, nInit: this.#nInit ?? 10, seed: this.#seed, engine: this.#engine });
  }
}

/** The start of a training: an autoencoder and centers, or a checkpoint. */
type Start = Omit<EmbeddedCheckpoint, 'progress'> & Partial<Pick<EmbeddedCheckpoint, 'progress'>>;

function inertiaOf({ data, rows, columns }: Matrix, centers: Float32Array, labels: Uint32Array): number {
  let inertia = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      inertia += (data[i * columns + j] - centers[labels[i] * columns + j]) ** 2;
    }
  }
  return inertia;
}
