import {
  type ClusterModel,
  GaussianMixtureModel,
  type InferenceOptions,
  type Matrix,
  type ModelState,
  type Objective,
  type PointsLike,
} from '@shoal/core';
import { Destroyable, StateReader, warnOfUnusedClusters } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import { DeepClusteringModel, type DeepClusteringPlace } from '../pipeline/deep-clustering-model.ts';
import { withCode } from '../pipeline/with-code.ts';
import { UNUSED_AFTER_TRAINING } from '../training/unused-after-training.ts';
import type { VadeHistory } from './training.ts';

const STATE_TYPE = 'vade';

/** The results of a fit. */
export interface VadeFields {
  /** The autoencoder; its code is the mean of the code's distribution. */
  readonly autoencoder: AutoencoderModel;
  /** The trained mixture, of diagonal covariances, in the code. */
  readonly clustering: GaussianMixtureModel;
  /** Clusters of the autoencoder and mixture that training started from, N values; absent from a loaded model. */
  readonly startLabels?: Uint32Array | undefined;
  readonly history: VadeHistory;
}

/** A variational autoencoder and the mixture of its code. Made by `Vade.fit` or `fromState`. */
export class VadeModel extends Destroyable implements VadeFields, ClusterModel {
  readonly autoencoder: AutoencoderModel;
  readonly clustering: GaussianMixtureModel;
  readonly startLabels: Uint32Array | undefined;
  readonly history: VadeHistory;
  /** Always true: training ends after its epochs. */
  readonly converged = true;

  readonly #deep: DeepClusteringModel;

  constructor({ autoencoder, clustering, startLabels, history }: VadeFields) {
    super();
    this.autoencoder = autoencoder;
    this.clustering = clustering;
    this.startLabels = startLabels;
    this.history = history;
    this.#deep = new DeepClusteringModel(autoencoder, clustering, 'gmm');
    Object.freeze(this);
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.clustering.labels;
  }

  get clusters(): number {
    return this.clustering.clusters;
  }

  /** The variational loss of each epoch: the reconstruction loss plus the divergence from the mixture. */
  get objective(): Objective {
    const { reconstructionLoss, divergence } = this.history;
    const history = reconstructionLoss.map((loss, epoch) => loss + divergence[epoch]);
    return { name: 'variational loss', value: history[history.length - 1], history, better: 'less' };
  }

  /** Epochs. */
  get iterations(): number {
    return this.history.reconstructionLoss.length;
  }

  get warnings(): readonly string[] {
    const { labels, clustering } = this;
    return [
      ...clustering.warnings,
      ...warnOfUnusedClusters(labels, clustering.components, UNUSED_AFTER_TRAINING),
    ];
  }

  /**
   * Cluster of each point, N values: the component most responsible for its mean code.
   *
   * @throws like `AutoencoderModel.encode` and `GaussianMixtureModel.predict`
   */
  predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.#deep.predict(points, options);
  }

  /** Responsibility of every component for the mean code of each point, N x K; throws like `predict`. */
  async predictProba(points: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    return withCode(this.autoencoder, points, options, (code) => this.clustering.predictProba(code, options));
  }

  /** The model without `start` as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { reconstructionLoss, divergence } = this.history;
    return nestModelStates(
      STATE_TYPE,
      { autoencoder: this.autoencoder.toState(), clustering: this.clustering.toState() },
      { reconstructionLoss: [...reconstructionLoss], divergence: [...divergence] },
    );
  }

  /** @throws {DataError} when the state is of another model or damaged */
  static fromState(state: ModelState, { backend, engine }: DeepClusteringPlace): VadeModel {
    const reader = new StateReader(state, STATE_TYPE);
    const history = {
      reconstructionLoss: reader.numbers('reconstructionLoss'),
      divergence: reader.numbers('divergence'),
    };
    const clustering = GaussianMixtureModel.fromState(partOfModelState(state, 'clustering'), engine);
    const autoencoder = AutoencoderModel.fromState(partOfModelState(state, 'autoencoder'), backend);
    return new VadeModel({ autoencoder, clustering, history });
  }

  /** Frees the network's weights on its backend. Calling it twice is harmless. */
  destroy(): void {
    this.autoencoder.destroy();
  }
}
