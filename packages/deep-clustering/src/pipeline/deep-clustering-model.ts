import {
  CLUSTERER_KINDS,
  type ClustererKind,
  type ClusterModel,
  type Engine,
  type InferenceOptions,
  type ModelState,
  type PointsLike,
} from '@shoal/core';
import { kindOfSaved, PipelineModel } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { withCode } from './with-code.ts';

/** The start of the types of saved models; the name of the kind of clustering follows. */
const TYPE_START = 'ae-';

/** The backend and the engine of a loaded model. */
export interface DeepClusteringPlace {
  readonly backend: TensorBackend;
  /** Default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** An autoencoder and the clusters of its code. Made by `DeepClustering.fit` or `fromState`. */
export class DeepClusteringModel extends PipelineModel implements ClusterModel, Disposable {
  readonly autoencoder: AutoencoderModel;
  /** The clustering of the code. */
  readonly clustering: ClusterModel;
  /** Name of the kind of clustering: "kmeans". */
  readonly method: string;

  constructor(autoencoder: AutoencoderModel, clustering: ClusterModel, method: string) {
    super();
    this.autoencoder = autoencoder;
    this.clustering = clustering;
    this.method = method;
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
   * Cluster of each point, N values: the cluster of its code.
   *
   * @throws like `AutoencoderModel.encode` and the `predict` of the clustering
   */
  async predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return withCode(this.autoencoder, points, options, (code) => this.clustering.predict(code, options));
  }

  /** Both models as plain data; `fromState` reads them back. */
  toState(): ModelState {
    return nestModelStates(`${TYPE_START}${this.method}`, {
      autoencoder: this.autoencoder.toState(),
      clustering: this.clustering.toState(),
    });
  }

  /**
   * @param kinds of clusterings that the model may hold; default those of core
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(
    state: ModelState,
    { backend, engine }: DeepClusteringPlace,
    kinds: readonly ClustererKind[] = CLUSTERER_KINDS,
  ): DeepClusteringModel {
    const kind = kindOfSaved(state.type, TYPE_START, kinds);
    const clustering = kind.load(partOfModelState(state, 'clustering'), engine);
    const autoencoder = AutoencoderModel.fromState(partOfModelState(state, 'autoencoder'), backend);
    return new DeepClusteringModel(autoencoder, clustering, kind.method);
  }

  /** Frees the autoencoder's weights on its backend. Calling it twice is harmless. */
  destroy(): void {
    this.autoencoder.destroy();
  }

  [Symbol.dispose](): void {
    this.destroy();
  }
}
