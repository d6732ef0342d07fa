import {
  applyScaling,
  type ClustererKind,
  type ClusterModel,
  type Engine,
  hierarchyOf,
  type Hierarchy,
  type InferenceOptions,
  type Matrix,
  type ModelState,
  PcaModel,
  type PointsLike,
  pointsOf,
} from '@shoal/core';
import {
  engineOrDefault,
  kindOfSaved,
  PipelineModel,
  StateReader,
  warnOfUnusedClusters,
} from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { UmapModel } from '../umap/model.ts';
import type { UmapTransformOptions } from '../umap/types.ts';
import { EMBEDDING_KINDS } from './kinds.ts';

/** The start of the types of saved models; the name of the kind of clustering follows. */
const TYPE_START = 'umap-';

/** The results of a fit. */
export interface UmapClusteringFields {
  /** Absent when neighbors were searched in the points as they are. */
  readonly pca?: PcaModel | undefined;
  readonly umap: UmapModel;
  /** The clustering of the embedding. */
  readonly clustering: ClusterModel;
  /** Name of the kind of clustering: "gmm". */
  readonly method: string;
  readonly unitLength: boolean;
}

/** A UMAP embedding and its clusters: frozen. Made by `UmapClustering.fit` or `fromState`. */
export class UmapClusteringModel extends PipelineModel implements UmapClusteringFields, ClusterModel {
  readonly pca: PcaModel | undefined;
  readonly umap: UmapModel;
  readonly clustering: ClusterModel;
  readonly method: string;
  readonly unitLength: boolean;
  /**
   * Cluster of each training point, N values: the cluster of its place in the embedding. A layout may put equal points
   * at several places; all of them get the cluster of the first one, as in `predict`.
   */
  readonly labels: Uint32Array;
  readonly warnings: readonly string[];

  readonly #engine: Engine | undefined;

  constructor({ pca, umap, clustering, method, unitLength }: UmapClusteringFields, engine?: Engine) {
    super();
    this.pca = pca;
    this.umap = umap;
    this.clustering = clustering;
    this.method = method;
    this.unitLength = unitLength;
    this.labels = umap.firstOfEqual.map((first) => clustering.labels[first]);
    this.warnings = Object.freeze([...umap.warnings, ...clustering.warnings, ...this.#warningsOfEqual()]);
    this.#engine = engine;
    Object.freeze(this);
  }

  /** The tree of the clustering, with the training points where their first equal one is. */
  override get hierarchy(): Hierarchy | undefined {
    const { hierarchy } = this.clustering;
    return hierarchy && hierarchyOf(hierarchy, this.umap.firstOfEqual);
  }

  /** Places of the training points, N x dimensions. */
  get embedding(): Matrix {
    return this.umap.embedding;
  }

  /**
   * Places new points in the embedding, M x dimensions; see `UmapModel.transform`.
   *
   * @throws like `PcaModel.transform` and `UmapModel.transform`
   */
  async transform(given: PointsLike, options: UmapTransformOptions = {}): Promise<Matrix> {
    const { signal } = options;
    const engine = await engineOrDefault(options.engine, this.#engine);
    const points = pointsOf(given);
    const scaled = this.unitLength
      ? await applyScaling(points, { kind: 'unit' }, engine, { signal })
      : points;
    const searched = (await this.pca?.transform(scaled, options)) ?? scaled;
    return this.umap.transform(searched, options);
  }

  /**
   * Cluster of each point, M values: the cluster of its place in the embedding.
   *
   * @throws like `transform` and the `predict` of the clustering
   */
  async predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.clustering.predict(await this.transform(points, options), options);
  }

  /**
   * The warning that equal points were divided. It is given when putting them together leaves a cluster without points.
   */
  #warningsOfEqual(): readonly string[] {
    const divided = new Set(this.clustering.labels).size;
    return new Set(this.labels).size < divided ? warnOfUnusedClusters(this.labels, this.clusters) : [];
  }

  /** All models as plain data, training points included; `fromState` reads them back. */
  toState(): ModelState {
    const { pca, umap, clustering, method, unitLength } = this;
    const parts = {
      ...(pca && { pca: pca.toState() }),
      umap: umap.toState(),
      clustering: clustering.toState(),
    };
    return nestModelStates(`${TYPE_START}${method}`, parts, { unitLength, hasPca: pca !== undefined });
  }

  /**
   * @param engine computes in `transform` and `predict`; default the one that `defaultEngine` opens
   * @param kinds of clusterings that the model may hold; default the table of this package
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(
    state: ModelState,
    engine?: Engine,
    kinds: readonly ClustererKind[] = EMBEDDING_KINDS,
  ): UmapClusteringModel {
    const kind = kindOfSaved(state.type, TYPE_START, kinds);
    const reader = new StateReader(state, state.type);
    const fields = {
      pca: reader.boolean('hasPca') ? PcaModel.fromState(partOfModelState(state, 'pca'), engine) : undefined,
      umap: UmapModel.fromState(partOfModelState(state, 'umap'), engine),
      clustering: kind.load(partOfModelState(state, 'clustering'), engine),
      method: kind.method,
      unitLength: reader.boolean('unitLength'),
    };
    return new UmapClusteringModel(fields, engine);
  }
}
