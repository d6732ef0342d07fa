import {
  type ClusterModel,
  type InferenceOptions,
  KMeansModel,
  type ModelState,
  type Objective,
  type PointsLike,
} from '@shoal/core';
import { PipelineModel, StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import { DeepClusteringModel, type DeepClusteringPlace } from '../pipeline/deep-clustering-model.ts';
import { EMBEDDED_OBJECTIVES, type EmbeddedObjective } from './options.ts';
import type { EmbeddedHistory } from './training.ts';

/** The results of a fit. */
export interface EmbeddedClusteringFields {
  /** The objective that it was trained for. */
  readonly method: EmbeddedObjective;
  readonly autoencoder: AutoencoderModel;
  /** The trained centers, as a k-means model of the code. */
  readonly clustering: KMeansModel;
  /** Clusters of the autoencoder and k-means that training started from, N values; absent from a loaded model. */
  readonly startLabels?: Uint32Array | undefined;
  readonly history: EmbeddedHistory;
}

/** A code trained to fall into clusters. Made by `EmbeddedClustering.fit` or `fromState`. */
export class EmbeddedClusteringModel
  extends PipelineModel
  implements EmbeddedClusteringFields, ClusterModel, Disposable
{
  readonly method: EmbeddedObjective;
  readonly autoencoder: AutoencoderModel;
  readonly clustering: KMeansModel;
  readonly startLabels: Uint32Array | undefined;
  readonly history: EmbeddedHistory;

  readonly #deep: DeepClusteringModel;

  constructor({ method, autoencoder, clustering, startLabels, history }: EmbeddedClusteringFields) {
    super();
    this.method = method;
    this.autoencoder = autoencoder;
    this.clustering = clustering;
    this.startLabels = startLabels;
    this.history = history;
    this.#deep = new DeepClusteringModel(autoencoder, clustering, 'kmeans');
    Object.freeze(this);
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.clustering.labels;
  }

  /** The clustering loss of each step. */
  override get objective(): Objective {
    const { clusteringLoss: history } = this.history;
    return { name: 'clustering loss', value: history[history.length - 1], history, better: 'less' };
  }

  get warnings(): readonly string[] {
    return this.clustering.warnings;
  }

  /**
   * Cluster of each point, N values: the cluster of the center nearest to its code, which also has its greatest
   * assignment.
   *
   * @throws like `AutoencoderModel.encode` and `KMeansModel.predict`
   */
  predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.#deep.predict(points, options);
  }

  /** The model without `start` as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { clusteringLoss, reconstructionLoss, changed } = this.history;
    return nestModelStates(
      this.method,
      { autoencoder: this.autoencoder.toState(), clustering: this.clustering.toState() },
      {
        clusteringLoss: [...clusteringLoss],
        reconstructionLoss: [...reconstructionLoss],
        changed: [...changed],
      },
    );
  }

  /** @throws {DataError} when the state is of another model or damaged */
  static fromState(state: ModelState, { backend, engine }: DeepClusteringPlace): EmbeddedClusteringModel {
    const method = EMBEDDED_OBJECTIVES.find((name) => name === state.type) ?? 'dec';
    const reader = new StateReader(state, method);
    const history = {
      clusteringLoss: reader.numbers('clusteringLoss'),
      reconstructionLoss: reader.numbers('reconstructionLoss'),
      changed: reader.numbers('changed'),
    };
    const clustering = KMeansModel.fromState(partOfModelState(state, 'clustering'), engine);
    const autoencoder = AutoencoderModel.fromState(partOfModelState(state, 'autoencoder'), backend);
    return new EmbeddedClusteringModel({ method, autoencoder, clustering, history });
  }

  /** Frees the network's weights on its backend. Calling it twice is harmless. */
  destroy(): void {
    this.autoencoder.destroy();
  }

  [Symbol.dispose](): void {
    this.destroy();
  }
}
