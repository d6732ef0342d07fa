import {
  applyScaling,
  createReferenceEngine,
  DataError,
  GaussianMixtureModel,
  KMeansModel,
  PcaModel,
  type Engine,
  type InferenceOptions,
  type Matrix,
  type ModelState,
  type Points,
} from '@shoal/core';
import { StateReader, warnOfUnusedClusters } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { BalancedCutModel } from '../cut/balanced-cut-model.ts';
import { UmapModel } from '../umap/model.ts';
import type { UmapTransformOptions } from '../umap/types.ts';

/** What an embedding's clusters can be, by the type that the whole is saved as. */
const CLUSTERINGS = {
  'umap-gmm': GaussianMixtureModel,
  'umap-kmeans': KMeansModel,
  'umap-cut': BalancedCutModel,
} as const;
type StateType = keyof typeof CLUSTERINGS;
const STATE_TYPES = Object.keys(CLUSTERINGS) as readonly StateType[];

/** How an embedding was clustered. */
export type EmbeddingClusteringModel = GaussianMixtureModel | KMeansModel | BalancedCutModel;

/** What a fit found. */
export interface UmapClusteringFields {
  /** Absent where the points were searched as they are. */
  readonly pca?: PcaModel | undefined;
  readonly umap: UmapModel;
  readonly clustering: EmbeddingClusteringModel;
  readonly unitLength: boolean;
}

/** A UMAP embedding and its clusters: frozen. Made by `UmapClustering.fit` or `fromState`. */
export class UmapClusteringModel implements UmapClusteringFields {
  readonly pca: PcaModel | undefined;
  readonly umap: UmapModel;
  readonly clustering: EmbeddingClusteringModel;
  readonly unitLength: boolean;
  /**
   * Cluster of each training point, N values: that of its place. Equal points, which a layout may put at several places, all have
   * that of the first of them, as they have when predicted.
   */
  readonly labels: Uint32Array;
  readonly warnings: readonly string[];

  readonly #engine: Engine;

  constructor({ pca, umap, clustering, unitLength }: UmapClusteringFields, engine: Engine) {
    this.pca = pca;
    this.umap = umap;
    this.clustering = clustering;
    this.unitLength = unitLength;
    this.labels = umap.firstOfEqual.map((first) => clustering.labels[first]);
    this.warnings = Object.freeze([...umap.warnings, ...clustering.warnings, ...this.#warningsOfEqual()]);
    this.#engine = engine;
    Object.freeze(this);
  }

  /** Where the training points are, N x components. */
  get embedding(): Matrix {
    return this.umap.embedding;
  }

  /**
   * Places new points in the embedding, M x components; see `UmapModel.transform`.
   *
   * @throws like `PcaModel.transform` and `UmapModel.transform`
   */
  async transform(points: Points, options: UmapTransformOptions = {}): Promise<Matrix> {
    const { engine = this.#engine, signal } = options;
    const scaled = this.unitLength
      ? await applyScaling(points, { kind: 'unit' }, engine, { signal })
      : points;
    const searched = (await this.pca?.transform(scaled, options)) ?? scaled;
    return this.umap.transform(searched, options);
  }

  /**
   * Cluster of each point, M values: that of the place it gets in the embedding.
   *
   * @throws like `transform` and the `predict` of the clustering
   */
  async predict(points: Points, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.clustering.predict(await this.transform(points, options), options);
  }

  /** That equal points were divided, where a cluster was left without points when they were put together. */
  #warningsOfEqual(): readonly string[] {
    const divided = new Set(this.clustering.labels).size;
    return new Set(this.labels).size < divided ? warnOfUnusedClusters(this.labels, this.#clusters) : [];
  }

  get #clusters(): number {
    return 'clusters' in this.clustering ? this.clustering.clusters : this.clustering.components;
  }

  /** All models as plain data, training points included; `fromState` reads them back. */
  toState(): ModelState {
    const { pca, umap, clustering, unitLength } = this;
    const type = STATE_TYPES.find((known) => clustering instanceof CLUSTERINGS[known])!;
    const parts = {
      ...(pca && { pca: pca.toState() }),
      umap: umap.toState(),
      clustering: clustering.toState(),
    };
    return nestModelStates(type, parts, { unitLength, hasPca: pca !== undefined });
  }

  /**
   * @param engine what computes in `transform` and `predict`; default the reference engine
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(state: ModelState, engine: Engine = createReferenceEngine()): UmapClusteringModel {
    const type = STATE_TYPES.find((known) => known === state.type);
    if (type === undefined) {
      throw new DataError(
        `This is a saved "${state.type}" model, not one of ${STATE_TYPES.join(', ')}; load it with its own class.`,
      );
    }
    const reader = new StateReader(state, type);
    const fields = {
      pca: reader.boolean('hasPca') ? PcaModel.fromState(partOfModelState(state, 'pca'), engine) : undefined,
      umap: UmapModel.fromState(partOfModelState(state, 'umap'), engine),
      clustering: CLUSTERINGS[type].fromState(partOfModelState(state, 'clustering'), engine),
      unitLength: reader.boolean('unitLength'),
    };
    return new UmapClusteringModel(fields, engine);
  }
}
