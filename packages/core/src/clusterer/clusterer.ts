import type { CovarianceType } from '../engine/mixture/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { FitState, InferenceOptions, IterationListener, ScoreOptions } from '../fit-options.ts';
import type { GapKMeansOptions } from '../kmeans/types.ts';
import type { Matrix, Points } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import type { NumberArray } from '../number-array.ts';
import type { PointsLike } from '../points-like.ts';
import type { ProgressListener } from '../progress.ts';
import type { RowScaling, RowScalingKind } from '../scaling/types.ts';
import type { CondensedClusterJson } from '../tree/condensed-tree-json.ts';
import type { SplitNodeJson } from '../bisecting-kmeans/split-tree-json.ts';
import type { DendrogramJson } from '../tree/dendrogram.ts';
import type { Hierarchy } from '../tree/hierarchy.ts';

// `Engine` hides which device computes; these types hide which method clusters. Code that needs clusters (a pipeline, a
// sweep, the command line) works with any kind, without naming one.

/** The number that a fit optimizes. */
export interface Objective {
  /** "inertia", "mean log-likelihood". */
  readonly name: string;
  /** Of the fitted model. */
  readonly value: number;
  /** Its value after each iteration of the best start. */
  readonly history: readonly number[];
  readonly better: 'less' | 'more';
}

/** Where clusters lie, so that they can be shown. */
export interface ClusterCenters {
  readonly kind: 'centroids' | 'gaussians';
  /** K x D, after the scalings. */
  readonly positions: Float64Array;
  /** D. */
  readonly columns: number;
  /** The row scalings that bring a point there, in this order. */
  readonly scalings: readonly RowScaling[];
  /** Of Gaussians; see `CovarianceType` for the shape. */
  readonly covariances?: { readonly type: CovarianceType; readonly values: Float64Array } | undefined;
  /** Mixing proportions of Gaussians, K values. */
  readonly weights?: Float64Array | undefined;
}

/** Labels of points, and how sure they are. */
export interface Membership {
  /** M values, or `NO_CLUSTER`. */
  readonly labels: Uint32Array;
  /** M values from 0 to 1; 0 for points without a cluster. */
  readonly probabilities: Float64Array;
}

/** A tree of clusters as data of JSON. */
export type TreeJson =
  | ({ readonly kind: 'dendrogram' } & DendrogramJson)
  | { readonly kind: 'condensed-tree'; readonly clusters: readonly CondensedClusterJson[] }
  | { readonly kind: 'splits'; readonly nodes: readonly SplitNodeJson[] };

/** A fitted clustering of any kind: frozen. */
export interface ClusterModel {
  /** Number of clusters, K. Some kinds find it in the fit. */
  readonly clusters: number;
  /** Cluster of each training point, N values from 0 to K - 1, or `NO_CLUSTER`. */
  readonly labels: Uint32Array;
  readonly objective: Objective;
  /** Iterations the best start ran. */
  readonly iterations: number;
  /** Whether the fit ended before its limit of iterations. */
  readonly converged: boolean;
  /** Warnings for the caller. */
  readonly warnings: readonly string[];
  /** Absent from kinds whose clusters have no center. */
  readonly centers?: ClusterCenters | undefined;
  /**
   * Cluster of each point, M values.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite
   */
  predict(points: PointsLike, options?: InferenceOptions): Promise<Uint32Array>;
  /** How much each point belongs to each cluster, M x K, rows that sum to 1; absent from kinds without such a measure. */
  predictProba?(points: PointsLike, options?: InferenceOptions): Promise<Matrix>;
  /** Labels of points and how sure they are, for kinds that say so of the own cluster only. */
  predictMembership?(points: PointsLike, options?: InferenceOptions): Promise<Membership>;
  /** The tree that the clusters were taken from, and the places of the training points; absent from kinds without one. */
  readonly hierarchy?: Hierarchy | undefined;
  /** The same tree as data of JSON. */
  treeJson?(): TreeJson;
  /**
   * Bayesian and Akaike information criterion of the points, the lower the better; absent from kinds without a
   * likelihood.
   */
  bic?(points: PointsLike, options?: ScoreOptions): Promise<number>;
  aic?(points: PointsLike, options?: ScoreOptions): Promise<number>;
  /** The model as plain data; its kind's `load` reads it back. */
  toState(): ModelState;
}

/** Which points are neighbors, as compressed sparse rows. */
export interface NeighborGraph {
  /** N + 1 ascending values: the edges of vertex i are `offsets[i] <= e < offsets[i + 1]`. */
  readonly offsets: Uint32Array;
  /** Vertices that edges lead to. */
  readonly targets: Uint32Array;
  /** Weights in (0, 1]. */
  readonly weights: Float32Array;
}

/** The points to cluster, in all the forms that kinds need. */
export interface ClusterInput {
  /** The points, a code of them, or an embedding, N x D. */
  readonly points: Points;
  /** The graph of neighbors, N vertices; kinds with `needsGraph` need it, others ignore it. */
  readonly graph?: NeighborGraph | undefined;
  /** The points before they were described or embedded, N x E, for kinds that use them too. */
  readonly original?: Matrix | undefined;
  /** Weight of each point; see `FitOptions`. */
  readonly weights?: NumberArray | undefined;
}

/** A fit after one of its iterations; see `FitState`. */
export interface ClusterFitState extends FitState {
  readonly objective: Pick<Objective, 'name' | 'value'>;
  /** Where the clusters are at this moment, in the space after the kind's own scaling of rows; absent without centers. */
  readonly readCenters?: (() => Promise<ClusterCenters>) | undefined;
}

/** What one fit reports, and what stops it. */
export interface ClusterFitOptions {
  /**
   * Called after each iteration; the fit waits for a returned promise. Ignored by kinds that do not iterate over all
   * points.
   */
  readonly onIteration?: IterationListener<ClusterFitState> | undefined;
  /** Stops the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Settings of one kind of clustering, checked, ready to fit. */
export interface Clusterer {
  /** @throws like the `fit` of the estimator behind it */
  fit(input: ClusterInput, options?: ClusterFitOptions): Promise<ClusterModel>;
}

/** What a pipeline or a sweep decides for the clustering inside it. */
export interface ClustererPlace {
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}

/** What a sweep over numbers of clusters needs from a kind that takes this number. */
export interface SweptKind<Settings> {
  /** The settings, with this number of clusters. */
  withClusters(settings: Settings, clusters: number): Settings;
  /** Criteria of this kind. Silhouette and stability are not listed, because all kinds have them. */
  criteria(settings: Settings): readonly ('bic' | 'aic' | 'gap')[];
  /** Scalings of rows, in order, that lead to the space of its clusters. */
  scalings(settings: Settings): readonly RowScalingKind[];
  /** Whether fits from all seeds are the same, so that one is enough and their stability says nothing; default false. */
  readonly isSeedless?: boolean | undefined;
  /** How its gap statistic runs k-means; called only when `criteria` has `gap`. */
  gap?(settings: Settings): GapKMeansOptions;
}

/**
 * One kind of clustering. A pipeline with `{ method: 'gmm', ... }` finds the kind in its table; with `{ kind, ... }` it
 * takes any other kind.
 */
export interface ClustererKind<Method extends string = string, Settings extends object = object> {
  /** Its name in options, in the types of saved pipelines and on the command line: "kmeans", "gmm". */
  readonly method: Method;
  /** Its name for people: "k-means". */
  readonly title: string;
  /** The `type` of its saved models. */
  readonly type: string;
  /** Whether `fit` needs the graph of neighbors; default false. */
  readonly needsGraph?: boolean | undefined;
  /**
   * Whether labels keep limits on the sizes of clusters; default false. Copies of a row may then have different labels,
   * and `predict`, which knows no limits, may differ from `labels`.
   */
  readonly limitsSizes?: boolean | undefined;
  /** Absent from kinds that find the number of clusters themselves. */
  readonly swept?: SweptKind<Settings> | undefined;
  /** @throws {InvalidArgumentError} when a setting is out of range */
  create(settings: Settings, place: ClustererPlace): Clusterer;
  /** @throws {DataError} when the state is of another model or damaged */
  load(state: ModelState, engine?: Engine): ClusterModel;
}

/** A kind by its name, and its settings: `{ method: 'kmeans', clusters: 10 }`; made for each kind of a table. */
export type ChoiceOf<Kind extends ClustererKind> =
  Kind extends ClustererKind<infer Method, infer Settings> ? { readonly method: Method } & Settings : never;

/** The same without the settings that the caller decides. */
export type ChoiceWithout<Choice, Names extends string> = Choice extends unknown
  ? Omit<Choice, Names>
  : never;

/** A kind that is in no table, and its settings. */
export type OwnChoice<Settings extends object = object> = {
  readonly kind: ClustererKind<string, Settings>;
} & Settings;
