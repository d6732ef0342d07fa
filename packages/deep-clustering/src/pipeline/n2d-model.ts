import {
  type ClusterModel,
  type Engine,
  type InferenceOptions,
  type Matrix,
  type ModelState,
  type PointsLike,
  pointsOf,
} from '@shoal/core';
import { engineOrDefault, PipelineModel, StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { UmapClusteringModel, type UmapTransformOptions } from '@shoal/manifold';
import { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';
import type { DeepClusteringPlace } from './deep-clustering-model.ts';
import { joinedCode } from './joined-code.ts';
import { requireReadableCode } from './require-readable-code.ts';

const STATE_TYPE = 'n2d';

/** The results of a fit. */
export interface N2dFields {
  /** They differ by their seeds; at least one. */
  readonly autoencoders: readonly AutoencoderModel[];
  readonly clustering: UmapClusteringModel;
  /** Whether each code was scaled to unit length before UMAP. */
  readonly unitLength: boolean;
}

/** Autoencoders, and the clusters of a UMAP embedding of their codes. Made by `N2d.fit` or `fromState`. */
export class N2dModel extends PipelineModel implements N2dFields, ClusterModel, Disposable {
  readonly autoencoders: readonly AutoencoderModel[];
  readonly clustering: UmapClusteringModel;
  readonly unitLength: boolean;

  readonly #engine: Engine | undefined;

  constructor({ autoencoders, clustering, unitLength }: N2dFields, engine?: Engine) {
    super();
    this.autoencoders = Object.freeze([...autoencoders]);
    this.clustering = clustering;
    this.unitLength = unitLength;
    this.#engine = engine;
    Object.freeze(this);
  }

  /** Cluster of each training point, N values. */
  get labels(): Uint32Array {
    return this.clustering.labels;
  }

  get warnings(): readonly string[] {
    return this.clustering.warnings;
  }

  /** Places of the training points in the embedding, N x dimensions. */
  get embedding(): Matrix {
    return this.clustering.embedding;
  }

  /**
   * Places new points in the embedding by their codes, M x dimensions; see `UmapModel.transform`.
   *
   * @throws like `AutoencoderModel.encode` and `UmapClusteringModel.transform`
   */
  async transform(given: PointsLike, options: UmapTransformOptions = {}): Promise<Matrix> {
    const { signal } = options;
    const engine = await engineOrDefault(options.engine, this.#engine);
    const points = pointsOf(given);
    const code = await joinedCode(this.autoencoders, points, { unitLength: this.unitLength, engine, signal });
    return this.clustering.transform(code, options);
  }

  /**
   * Cluster of each point, N values: the cluster of the place of its codes in the embedding.
   *
   * @throws like `transform` and the `predict` of the clustering
   */
  async predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.clustering.clustering.predict(await this.transform(points, options), options);
  }

  /** All models as plain data, the codes of the training points included; `fromState` reads them back. */
  toState(): ModelState {
    const { autoencoders, clustering, unitLength } = this;
    const saved = autoencoders.map((autoencoder, m) => [`autoencoder${m}`, autoencoder.toState()] as const);
    const parts = { ...Object.fromEntries(saved), clustering: clustering.toState() };
    return nestModelStates(STATE_TYPE, parts, { members: autoencoders.length, unitLength });
  }

  /**
   * @throws {DataError} when the state is of another model or damaged
   * @throws {UnsupportedError} when the backend is on WebGPU and the engine is not
   */
  static fromState(state: ModelState, { backend, engine }: DeepClusteringPlace): N2dModel {
    requireReadableCode(backend, engine);
    const reader = new StateReader(state, STATE_TYPE);
    const members = reader.wholeNumber('members', 1);
    const unitLength = reader.boolean('unitLength');
    const clustering = UmapClusteringModel.fromState(partOfModelState(state, 'clustering'), engine);
    // One after another, so that a missing member ends the loading, whatever number the state gives.
    const parts: ModelState[] = [];
    for (let m = 0; m < members; m++) parts.push(partOfModelState(state, `autoencoder${m}`));
    const autoencoders = parts.map((part) => AutoencoderModel.fromState(part, backend));
    return new N2dModel({ autoencoders, clustering, unitLength }, engine);
  }

  /** Frees the autoencoders' weights on their backend. Calling it twice is harmless. */
  destroy(): void {
    for (const autoencoder of this.autoencoders) autoencoder.destroy();
  }

  [Symbol.dispose](): void {
    this.destroy();
  }
}
