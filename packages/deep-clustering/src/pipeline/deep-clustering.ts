import {
  type ChoiceWithout,
  type Clusterer,
  CLUSTERER_KINDS,
  type ClustererChoice,
  type Engine,
  type OwnChoice,
  type PointsLike,
  pointsOf,
  type OldRowScalingKind,
  type RowScalingKind,
} from '@shoal/core';
import { chosenKind, overDefaults } from '@shoal/core/model-kit';
import { Autoencoder, type AutoencoderFitOptions } from '../autoencoder/autoencoder.ts';
import type { AutoencoderSettings } from '../autoencoder/options.ts';
import { defaultAutoencoder } from '../autoencoder/presets.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { CODE_PRESETS } from './presets.ts';
import { DeepClusteringModel } from './deep-clustering-model.ts';
import { requireReadableCode } from './require-readable-code.ts';
import { withCode } from './with-code.ts';

/**
 * How the code is clustered: a kind by its name, or your own kind, and its settings, by default those of
 * `defaultCodeKMeans` and `defaultCodeMixture`.
 */
export type CodeClustering = ChoiceWithout<ClustererChoice, 'scaling'> | OwnChoice;

/** Settings of `DeepClustering`. */
export interface DeepClusteringOptions {
  readonly clustering: CodeClustering;
  /** Default `defaultAutoencoder`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** Row scaling of the code before it is clustered; default `'unit'`. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | 'none' | undefined;
  /** Seed of the autoencoder and of the clustering, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The backend that computes the autoencoder; do not destroy it before the models. */
  readonly backend: TensorBackend;
  /**
   * The engine that clusters; on a WebGPU backend, the WebGPU engine of the same device. Default the one that
   * `defaultEngine` opens.
   */
  readonly engine?: Engine | undefined;
}

/**
 * Trains an autoencoder on points, then clusters their codes. On a WebGPU backend the codes go to the engine as a
 * buffer of the device they share.
 */
export class DeepClustering {
  readonly #autoencoder: Autoencoder;
  readonly #method: string;
  readonly #clusterer: Clusterer;

  /**
   * @throws {InvalidArgumentError} when a setting is out of its range
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  constructor(options: DeepClusteringOptions) {
    const { autoencoder = defaultAutoencoder, clustering, scaling, backend, engine, seed } = options;
    requireReadableCode(backend, engine);
    this.#autoencoder = new Autoencoder({ ...autoencoder, backend, seed });
    const { kind, settings } = chosenKind(clustering, CLUSTERER_KINDS);
    const scaled = scaling && { scaling: scaling === 'none' ? undefined : scaling };
    this.#method = kind.method;
    this.#clusterer = kind.create(
      { ...overDefaults(CODE_PRESETS[kind.method] ?? {}, settings), ...scaled },
      { seed, engine },
    );
  }

  /**
   * @throws like `Autoencoder.fit` and the `fit` of the clustering
   * @throws {UnsupportedError} when the engine cannot read the backend's device
   */
  async fit(given: PointsLike, options: AutoencoderFitOptions = {}): Promise<DeepClusteringModel> {
    const points = pointsOf(given);
    const autoencoder = await this.#autoencoder.fit(points, options);
    try {
      const { signal, onProgress } = options;
      return await withCode(autoencoder, points, options, async (code) => {
        const clustering = await this.#clusterer.fit({ points: code }, { signal, onProgress });
        return new DeepClusteringModel(autoencoder, clustering, this.#method);
      });
    } catch (error) {
      autoencoder.destroy();
      throw error;
    }
  }
}
