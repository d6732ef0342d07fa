import {
  type Engine,
  type Matrix,
  type ModelState,
  type Points,
  type PointsLike,
  pointsOf,
  Random,
} from '@shoal/core';
import { engineOrDefault, requireWholeNumber } from '@shoal/core/model-kit';
import {
  requireCompactIn,
  UmapClustering,
  type UmapClusteringFitOptions,
  type UmapClusteringOptions,
} from '@shoal/manifold';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import { Autoencoder, type AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { joinedCode } from './joined-code.ts';
import { readN2dCheckpoint, writeN2dCheckpoint } from './n2d-checkpoint.ts';
import { N2dModel } from './n2d-model.ts';
import type { N2dSettings } from './n2d-settings.ts';
import { defaultN2d } from './presets.ts';
import { requireReadableCode } from './require-readable-code.ts';

/** Settings of `N2d`. */
export interface N2dOptions extends N2dSettings {
  /** How the embedding is clustered. */
  readonly clustering: UmapClusteringOptions['clustering'];
  /** Seed of all parts, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The backend that computes the autoencoders; do not destroy it before the models. */
  readonly backend: TensorBackend;
  /** The engine that searches, lays out and clusters; on a WebGPU backend, the WebGPU engine of the same device. */
  readonly engine: Engine;
}

/**
 * "(Not too) deep clustering": an autoencoder, UMAP of its code, a Gaussian mixture of the embedding (McConville,
 * Santos-Rodriguez, Piechocki & Craddock, "N2D: (Not too) deep clustering via clustering the local manifold of an
 * autoencoded embedding", ICPR 2020). With several autoencoders, which differ by their seeds, UMAP gets all codes side
 * by side. A checkpoint is made after every epoch of training; the work after the training is repeated on resuming.
 *
 * @example
 * const clustering = { method: 'gmm', clusters: 10 };
 * const model = await new N2d({ ...n2dPaper, clustering, backend, engine }).fit(points);
 */
export class N2d {
  readonly #autoencoders: readonly Autoencoder[];
  readonly #clustering: UmapClustering;
  readonly #unitLength: boolean;
  readonly #backend: TensorBackend;
  readonly #engine: Engine | undefined;

  /**
   * @throws {InvalidArgumentError} when a setting is out of its range
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  constructor(options: N2dOptions) {
    const {
      autoencoder = defaultN2d.autoencoder,
      members = 1,
      backend,
      engine,
      seed = 0,
      clustering,
    } = options;
    requireReadableCode(backend, engine);
    requireWholeNumber('members', members, 1);
    const random = new Random(seed);
    this.#autoencoders = Array.from(
      { length: members },
      (_, m) => new Autoencoder({ ...autoencoder, backend, seed: m === 0 ? seed : random.seed() }),
    );
    this.#unitLength = options.unitLength ?? defaultN2d.unitLength;
    this.#clustering = new UmapClustering({
      clustering,
      umap: options.umap,
      unitLength: false,
      principalComponents: 0,
      seed,
      engine,
    });
    this.#backend = backend;
    this.#engine = engine;
  }

  /**
   * @param given N x D, on the host: rows of numbers, `{ data, columns }` or a matrix
   * @throws like `Autoencoder.fit` and `UmapClustering.fit`
   */
  async fit(
    given: PointsLike,
    options: AutoencoderFitOptions & UmapClusteringFitOptions = {},
  ): Promise<N2dModel> {
    const points = pointsOf(given);
    const { signal } = options;
    requireCompactIn(options.compactIn, points);
    const place = { unitLength: this.#unitLength, engine: await engineOrDefault(this.#engine) };
    const autoencoders: AutoencoderModel[] = [];
    try {
      await this.#train(points, options, autoencoders);
      const code = await joinedCode(autoencoders, points, { ...place, signal });
      // Compact in the points themselves, because distances in a code are made by the network. They are on the host:
      // training takes no others.
      const compactIn = options.compactIn ?? (points as Matrix);
      const clustering = await this.#clustering.fit(code, { ...options, compactIn });
      return new N2dModel({ autoencoders, clustering, unitLength: this.#unitLength }, this.#engine);
    } catch (error) {
      for (const autoencoder of autoencoders) autoencoder.destroy();
      throw error;
    }
  }

  /** Trains one autoencoder after another into `autoencoders`. */
  async #train(
    points: Points,
    { validation, signal, onProgress, onCheckpoint, resume }: AutoencoderFitOptions,
    autoencoders: AutoencoderModel[],
  ): Promise<void> {
    const members = this.#autoencoders.length;
    const start = resume && readN2dCheckpoint(resume, members);
    for (const state of start?.trained ?? []) {
      autoencoders.push(AutoencoderModel.fromState(state, this.#backend));
    }
    let training = start?.training;
    for (let m = autoencoders.length; m < members; m++) {
      const trained = onCheckpoint ? autoencoders.map((autoencoder) => autoencoder.toState()) : [];
      const which = members > 1 ? `autoencoder ${m + 1} of ${members}, ` : '';
      const model = await this.#autoencoders[m].fit(points, {
        validation,
        signal,
        resume: training,
        onCheckpoint:
          onCheckpoint &&
          (async (state: ModelState) =>
            onCheckpoint(writeN2dCheckpoint({ trained, training: state }, members))),
        onProgress:
          onProgress &&
          ((progress) => {
            const { completed, total = 0, message = '' } = progress;
            const all = { completed: m * total + completed, total: members * total };
            onProgress({ ...progress, ...all, message: `${which}${message}` });
          }),
      });
      autoencoders.push(model);
      training = undefined;
    }
  }
}
