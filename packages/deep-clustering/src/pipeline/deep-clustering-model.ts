import {
  DataError,
  GaussianMixtureModel,
  KMeansModel,
  type Engine,
  type InferenceOptions,
  type ModelState,
  type Points,
} from '@shoal/core';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { withCode } from './with-code.ts';

const STATE_TYPES = ['ae-kmeans', 'ae-gmm'] as const;

/** Where a saved model is to compute. */
export interface DeepClusteringPlace {
  readonly backend: TensorBackend;
  /** Default the reference engine. */
  readonly engine?: Engine | undefined;
}

/** An autoencoder and the clusters of its code. Made by `DeepClustering.fit` or `fromState`. */
export class DeepClusteringModel {
  readonly autoencoder: AutoencoderModel;
  readonly clustering: KMeansModel | GaussianMixtureModel;

  constructor(autoencoder: AutoencoderModel, clustering: KMeansModel | GaussianMixtureModel) {
    this.autoencoder = autoencoder;
    this.clustering = clustering;
    Object.freeze(this);
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.clustering.labels;
  }

  get warnings(): readonly string[] {
    return this.clustering.warnings;
  }

  /**
   * Cluster of each point, N values: its code's.
   *
   * @throws like `AutoencoderModel.encode` and the `predict` of the clustering
   */
  async predict(points: Points, options: InferenceOptions = {}): Promise<Uint32Array> {
    return withCode(this.autoencoder, points, options, (code) => this.clustering.predict(code, options));
  }

  /** Both models as plain data; `fromState` reads them back. */
  toState(): ModelState {
    const [kmeans, mixture] = STATE_TYPES;
    const type = this.clustering instanceof KMeansModel ? kmeans : mixture;
    return nestModelStates(type, {
      autoencoder: this.autoencoder.toState(),
      clustering: this.clustering.toState(),
    });
  }

  /** @throws {DataError} when the state is of another model or damaged */
  static fromState(state: ModelState, { backend, engine }: DeepClusteringPlace): DeepClusteringModel {
    if (!STATE_TYPES.some((type) => type === state.type)) {
      throw new DataError(
        `This is a saved "${state.type}" model, not one of ${STATE_TYPES.join(', ')}; load it with its own class.`,
      );
    }
    const saved = partOfModelState(state, 'clustering');
    const clustering =
      state.type === 'ae-kmeans'
        ? KMeansModel.fromState(saved, engine)
        : GaussianMixtureModel.fromState(saved, engine);
    const autoencoder = AutoencoderModel.fromState(partOfModelState(state, 'autoencoder'), backend);
    return new DeepClusteringModel(autoencoder, clustering);
  }

  /** Frees the autoencoder's weights on its backend. Calling it twice is harmless. */
  dispose(): void {
    this.autoencoder.dispose();
  }
}
