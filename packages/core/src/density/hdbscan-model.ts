import type { ClusterModel, Membership, Objective, TreeJson } from '../clusterer/clusterer.ts';
import { FittedModel } from '../clusterer/fitted-model.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions } from '../fit-options.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { readScaling, scalingState } from '../scaling/scaling-state.ts';
import type { RowScaling } from '../scaling/types.ts';
import { StateReader } from '../state-reader.ts';
import { condense, type CondensedTree } from '../tree/condense.ts';
import { condensedTreeJson } from '../tree/condensed-tree-json.ts';
import type { Dendrogram, TreeCut } from '../tree/dendrogram.ts';
import type { Hierarchy } from '../tree/hierarchy.ts';
import { exemplarsOf } from '../tree/exemplars.ts';
import { labelPoints, labelTree } from '../tree/label-points.ts';
import { outlierScores } from '../tree/outlier-scores.ts';
import { persistenceOf } from '../tree/persistence.ts';
import { readDendrogram, dendrogramTensors } from '../tree/dendrogram-state.ts';
import { CLUSTER_SELECTIONS, selectClusters } from '../tree/select-clusters.ts';
import { requireUsable } from '../validation.ts';
import { NEIGHBOR_SEARCHES } from '../neighbors/search-kind.ts';
import { hdbscanSettings, type HdbscanSettings } from './hdbscan-settings.ts';
import { DENSITY_METRICS } from './metric.ts';
import { NewPoints } from './new-points.ts';
import { softMemberships } from './soft-memberships.ts';

/** The `type` of a saved model. */
export const HDBSCAN_STATE = 'hdbscan';

/** The results of a fit from which all others follow. */
export interface HdbscanFields {
  readonly settings: HdbscanSettings;
  /** Single linkage of mutual reachability. */
  readonly dendrogram: Dendrogram;
  readonly coreDistances: Float64Array;
  /** With `nn-descent`: the share of the nearest neighbors that were found, of a sample of points; 0 to 1. */
  readonly neighborRecall?: number | undefined;
  /** The training points after scaling. */
  readonly points: Matrix;
  readonly scaling?: RowScaling | undefined;
}

/** Clusters of different density, and the tree that they were chosen from: frozen. Made by `Hdbscan.fit` or `fromState`. */
export class HdbscanModel extends FittedModel implements ClusterModel {
  /** Number of clusters that were found, K; 0 when all points are noise. */
  readonly clusters: number;
  readonly settings: HdbscanSettings;
  /** All merges of points and groups, by mutual reachability distance. */
  readonly dendrogram: Dendrogram;
  /** The clusters that were chosen from, without the many merges of single points. */
  readonly tree: CondensedTree;
  /** The chosen clusters in the order of their labels, K numbers of the tree. */
  readonly chosen: Uint32Array;
  /** How surely each training point belongs to its cluster, 0 to 1; 0 for noise; N values. */
  readonly probabilities: Float64Array;
  /** GLOSH outlier score of each training point, 0 to 1, the higher the more of an outlier; N values. */
  readonly outlierScores: Float64Array;
  /** The most typical training points of each cluster, K lists of rows. */
  readonly exemplars: readonly Uint32Array[];
  /** How long clusters last; see `objective`. */
  readonly persistence: number;
  /** Distance of each training point to its `minSamples`-th neighbor, N values. */
  readonly coreDistances: Float64Array;
  /** With `nn-descent`: the share of the nearest neighbors that were found, of a sample of points; 0 to 1. */
  readonly neighborRecall: number | undefined;
  /** The training points after scaling, N x D. */
  readonly points: Matrix;

  constructor(fields: HdbscanFields, engine?: Engine) {
    const { settings, dendrogram, points, coreDistances, neighborRecall, scaling } = fields;
    const tree = condense(dendrogram, settings.minClusterSize);
    const selected = selectClusters(tree, settings);
    const { chosen, labels, probabilities } = labelPoints(tree, selected, settings.clusterSelectionEpsilon);
    super(
      { labels, iterations: 0, converged: true, warnings: warningsAbout(chosen.length, fields), scaling },
      engine,
    );
    this.clusters = chosen.length;
    this.settings = Object.freeze(settings);
    this.dendrogram = dendrogram;
    this.tree = tree;
    this.chosen = chosen;
    this.probabilities = probabilities;
    this.outlierScores = outlierScores(tree);
    const { labelOf } = labelTree(tree, chosen, settings.clusterSelectionEpsilon);
    this.exemplars = Object.freeze(exemplarsOf(tree, labelOf, chosen.length));
    this.persistence = persistenceOf(tree, chosen, labels);
    this.coreDistances = coreDistances;
    this.neighborRecall = neighborRecall;
    this.points = Object.freeze(points);
    Object.freeze(this);
  }

  /**
   * The persistence: the mean over all points of how much of its way through the tree a point spends in its cluster, 0 to
   * 1; noise counts as 0.
   */
  get objective(): Objective {
    return { name: 'persistence', better: 'more', value: this.persistence, history: [this.persistence] };
  }

  /**
   * Cluster of each point, or `NO_CLUSTER`. A copy of a training point gets its label; any other point joins the tree at
   * its nearest neighbor by mutual reachability, and the tree stays as it is (McInnes' approximate predict). So it may
   * differ from a fit with all points.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   */
  async predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return (await this.predictMembership(points, options)).labels;
  }

  /**
   * The same with the probability of each point: see `probabilities`.
   *
   * @throws like `predict`
   */
  async predictMembership(given: PointsLike, options: InferenceOptions = {}): Promise<Membership> {
    const { engine, space } = await this.#enter(given, options);
    return new NewPoints(this, engine, options.signal).join(space);
  }

  /**
   * How much each point belongs to each cluster, M x K, rows that sum to at most 1: what is missing is the chance that it
   * is noise. The values are those of `membership_vector` of the `hdbscan` package.
   *
   * @throws like `predict`
   */
  async memberships(given: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    const { engine, space } = await this.#enter(given, options);
    const { places } = await new NewPoints(this, engine, options.signal).placesOf(space);
    return softMemberships(this, { space, places, fitted: false }, options.signal);
  }

  /**
   * The same of the training points, N x K, as `all_points_membership_vectors` of the `hdbscan` package: the places of the
   * points in the tree are known, and weigh in another way.
   */
  async trainingMemberships({ signal }: Pick<InferenceOptions, 'signal'> = {}): Promise<Matrix> {
    const { pointClusters, pointLevels } = this.tree;
    const places = Array.from(pointLevels, (level, i) => ({ cluster: pointClusters[i], level }));
    return softMemberships(this, { space: this.points, places, fitted: true }, signal);
  }

  /**
   * The clusters of DBSCAN* with this radius: DBSCAN in which points that are not core points are noise. It reads the
   * dendrogram, and computes no distance.
   *
   * @param radius >= 0, in the metric of the fit
   * @param minClusterSize smaller clusters are noise; >= 2, default that of the fit
   * @throws {InvalidArgumentError} when a number is out of range
   */
  cutAt(radius: number, minClusterSize: number = this.settings.minClusterSize): TreeCut {
    return this.dendrogram.cutAt(radius, minClusterSize);
  }

  /** The condensed tree, what was chosen from it, and all merges below it. */
  get hierarchy(): Hierarchy {
    const { tree, chosen, dendrogram } = this;
    return { kind: 'condensed-tree', tree, chosen, dendrogram };
  }

  /** The clusters of the tree as data of JSON: parents, levels, sizes, and the labels of the chosen ones. */
  treeJson(): TreeJson {
    return { kind: 'condensed-tree', clusters: condensedTreeJson(this.tree, this.chosen) };
  }

  /** The model as plain data, training points included; `fromState` reads it back. */
  toState(): ModelState {
    const { settings, dendrogram, coreDistances, neighborRecall, points, scaling } = this;
    const { rows, columns, data, scale } = points;
    const scalings = scalingState(scaling);
    const { maxClusterSize, ...own } = settings;
    return {
      type: HDBSCAN_STATE,
      settings: {
        ...own,
        neighborRecall: neighborRecall ?? null,
        maxClusterSize: Number.isFinite(maxClusterSize) ? maxClusterSize : null,
        rows,
        columns,
        scale,
        ...scalings.settings,
      },
      tensors: {
        points: { data, shape: [rows, columns] },
        coreDistances: { data: coreDistances, shape: [rows] },
        ...dendrogramTensors(dendrogram),
        ...scalings.tensors,
      },
    };
  }

  /**
   * @param engine computes in `predict`; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(state: ModelState, engine?: Engine): HdbscanModel {
    const reader = new StateReader(state, HDBSCAN_STATE);
    const rows = reader.wholeNumber('rows', 1);
    const columns = reader.wholeNumber('columns', 1);
    const settings = reader.verify(() =>
      hdbscanSettings(
        {
          minClusterSize: reader.wholeNumber('minClusterSize', 2),
          minSamples: reader.wholeNumber('minSamples', 1),
          metric: reader.oneOf('metric', DENSITY_METRICS),
          // Models saved before it could be chosen do not have it.
          neighborSearch: reader.has('neighborSearch')
            ? reader.oneOf('neighborSearch', NEIGHBOR_SEARCHES)
            : 'exact',
          clusterSelection: reader.oneOf('clusterSelection', CLUSTER_SELECTIONS),
          clusterSelectionEpsilon: reader.number('clusterSelectionEpsilon'),
          maxClusterSize: reader.has('maxClusterSize') ? reader.wholeNumber('maxClusterSize', 2) : undefined,
          allowSingleCluster: reader.boolean('allowSingleCluster'),
        },
        rows,
      ),
    );
    const elements = reader.elements('points', [rows, columns]);
    const scale = reader.number('scale');
    const fields = {
      settings,
      dendrogram: readDendrogram(reader, rows),
      coreDistances: reader.float64('coreDistances', [rows]),
      neighborRecall: reader.has('neighborRecall') ? reader.number('neighborRecall') : undefined,
      points: reader.verify(() => matrix(elements, rows, columns, scale)),
      scaling: readScaling(reader, columns),
    };
    return new HdbscanModel(fields, engine);
  }

  async #enter(
    given: PointsLike,
    { signal, ...options }: InferenceOptions,
  ): Promise<{ readonly engine: Engine; readonly space: Matrix }> {
    signal?.throwIfAborted();
    const points = pointsOf(given);
    requireUsable(points, this.points.columns);
    const engine = await this.engineFor(options);
    return { engine, space: await inHostSpace(points, this.scaling, engine, signal) };
  }
}

function warningsAbout(clusters: number, { settings, neighborRecall }: HdbscanFields): readonly string[] {
  const { minClusterSize, minSamples } = settings;
  const warnings: string[] = [];
  if (neighborRecall !== undefined) {
    // Rounded down: 100 % are all of them.
    const found = (Math.floor(1000 * neighborRecall) / 10).toFixed(1);
    warnings.push(
      `NN-descent found ${found} % of the nearest neighbors, in a sample of points: ` +
        'clusters may differ from those of neighborSearch "exact".',
    );
  }
  if (clusters > 0) return warnings;
  return [
    ...warnings,
    `No cluster was found: all points are noise. Lower minClusterSize (${minClusterSize}) or minSamples (${minSamples}), ` +
      'or allow a single cluster.',
  ];
}
