import type { InferenceOptions, Matrix, ModelState, Points } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { UmapClusteringModel, type UmapTransformOptions } from '@shoal/manifold';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import type { DeepClusteringPlace } from './deep-clustering-model.ts';
import { withCode } from './with-code.ts';

const STATE_TYPE = 'n2d';

/** An autoencoder, and the clusters of a UMAP embedding of its code. Made by `N2d.fit` or `fromState`. */
export class N2dModel {
  readonly autoencoder: AutoencoderModel;
  readonly clustering: UmapClusteringModel;

  constructor(autoencoder: AutoencoderModel, clustering: UmapClusteringModel) {
    this.autoencoder = autoencoder;
    this.clustering = clustering;
    Object.freeze(this);
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.clustering.labels;
  }

  /** Where the training points are in the embedding, N x components. */
  get embedding(): Matrix {
    return this.clustering.embedding;
  }

  /**
   * Places new points in the embedding by their code, M x components; see `UmapModel.transform`.
   *
   * @throws like `AutoencoderModel.encode` and `UmapClusteringModel.transform`
   */
  async transform(points: Points, options: UmapTransformOptions = {}): Promise<Matrix> {
    return withCode(this.autoencoder, points, options, (code) => this.clustering.transform(code, options));
  }

  /**
   * Cluster of each point, N values: that of the place its code gets in the embedding.
   *
   * @throws like `AutoencoderModel.encode` and `UmapClusteringModel.predict`
   */
  async predict(points: Points, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.clustering.clustering.predict(await this.transform(points, options), options);
  }

  /** All models as plain data, the codes of the training points included; `fromState` reads them back. */
  toState(): ModelState {
    const parts = { autoencoder: this.autoencoder.toState(), clustering: this.clustering.toState() };
    return nestModelStates(STATE_TYPE, parts);
  }

  /** @throws {DataError} when the state is of another model or damaged */
  static fromState(state: ModelState, { backend, engine }: DeepClusteringPlace): N2dModel {
    // Throws for another type of model.
    new StateReader(state, STATE_TYPE);
    const clustering = UmapClusteringModel.fromState(partOfModelState(state, 'clustering'), engine);
    return new N2dModel(
      AutoencoderModel.fromState(partOfModelState(state, 'autoencoder'), backend),
      clustering,
    );
  }

  /** Frees the autoencoder's weights on its backend. Calling it twice is harmless. */
  dispose(): void {
    this.autoencoder.dispose();
  }
}
