import type { ClusterCenters, ClusterModel, Objective, TreeJson } from '../clusterer/clusterer.ts';
import { FittedModel } from '../clusterer/fitted-model.ts';
import { DENSITY_METRICS, toCompared } from '../density/metric.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions } from '../fit-options.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { nearestRows } from '../nearest-rows.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { readScaling, scalingState } from '../scaling/scaling-state.ts';
import type { RowScaling } from '../scaling/types.ts';
import { StateReader } from '../state-reader.ts';
import type { Dendrogram, TreeCut } from '../tree/dendrogram.ts';
import type { Hierarchy } from '../tree/hierarchy.ts';
import { dendrogramTensors, readDendrogram } from '../tree/dendrogram-state.ts';
import { requireUsable } from '../validation.ts';
import { LINKAGES } from './options.ts';
import { linkageSettings, type LinkageSettings } from './settings.ts';

/** The `type` of a saved model. */
export const AGGLOMERATIVE_STATE = 'agglomerative';

/** The results of a fit from which all others follow. */
export interface AgglomerativeFields {
  readonly settings: LinkageSettings;
  /** Number of clusters, K. */
  readonly clusters: number;
  readonly dendrogram: Dendrogram;
  /** The training points after scaling, or the centroids of micro-clusters: the leaves of the tree, L x D. */
  readonly leaves: Matrix;
  /** The leaf of each training point, N values; absent when points are leaves. */
  readonly leafOf?: Uint32Array | undefined;
  readonly scaling?: RowScaling | undefined;
}

/** A tree of merges and the clusters of one cut: frozen. Made by `AgglomerativeClustering.fit` or `fromState`. */
export class AgglomerativeModel extends FittedModel implements ClusterModel {
  /** Number of clusters, K. */
  readonly clusters: number;
  readonly settings: LinkageSettings;
  /** All merges of leaves and clusters. */
  readonly dendrogram: Dendrogram;
  /** The training points after scaling, or the centroids of micro-clusters, L x D. */
  readonly leaves: Matrix;
  /** The leaf of each training point, N values; absent when points are leaves. */
  readonly leafOf: Uint32Array | undefined;
  /** Distance of the last merge that the clusters are made of; 0 when none is. */
  readonly height: number;

  constructor(fields: AgglomerativeFields, engine?: Engine) {
    const { clusters, dendrogram, leafOf, scaling } = fields;
    const { labels } = dendrogram.cutInto(clusters);
    super(
      {
        labels: ofPoints(labels, leafOf),
        iterations: 0,
        converged: true,
        warnings: leafOf ? warningOf(dendrogram.leaves, leafOf.length) : [],
        scaling,
      },
      engine,
    );
    this.clusters = clusters;
    this.settings = Object.freeze(fields.settings);
    this.dendrogram = dendrogram;
    this.leaves = Object.freeze(fields.leaves);
    this.leafOf = leafOf;
    this.height = clusters < dendrogram.leaves ? dendrogram.heights[dendrogram.leaves - 1 - clusters] : 0;
    Object.freeze(this);
  }

  /** The distance of the last merge. */
  get objective(): Objective {
    return { name: 'height of the last merge', better: 'less', value: this.height, history: [this.height] };
  }

  /** The means of the training points of each cluster; for Ward's linkage only, whose clusters lie around them. */
  get centers(): ClusterCenters | undefined {
    if (this.settings.linkage !== 'ward') return undefined;
    const { data, columns, scale } = this.leaves;
    const positions = new Float64Array(this.clusters * columns);
    const counts = new Float64Array(this.clusters);
    this.labels.forEach((label, point) => {
      const leaf = this.leafOf?.[point] ?? point;
      counts[label]++;
      for (let j = 0; j < columns; j++) positions[label * columns + j] += data[leaf * columns + j] * scale;
    });
    for (let at = 0; at < positions.length; at++) positions[at] /= counts[Math.floor(at / columns)];
    return { kind: 'centroids', positions, columns, scalings: this.scaling ? [this.scaling] : [] };
  }

  /**
   * Any number of clusters of the training points, without another fit.
   *
   * @param clusters from 1 to the number of leaves
   * @throws {InvalidArgumentError} when it is not
   */
  cutInto(clusters: number): TreeCut {
    const { labels, ...cut } = this.dendrogram.cutInto(clusters);
    return { ...cut, labels: ofPoints(labels, this.leafOf) };
  }

  /**
   * Cluster of each point: that of the nearest leaf, which is a training point or a micro-cluster. A tree says nothing about
   * other points, so this is a choice; a fit with all points may give other clusters.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   */
  async predict(given: PointsLike, { signal, ...options }: InferenceOptions = {}): Promise<Uint32Array> {
    signal?.throwIfAborted();
    const points = pointsOf(given);
    requireUsable(points, this.leaves.columns);
    const engine = await this.engineFor(options);
    const space = await inHostSpace(points, this.scaling, engine, signal);
    const { metric } = this.settings;
    const queries = await toCompared(space, metric, engine, signal);
    const leaves = await toCompared(this.leaves, metric, engine, signal);
    const { labels } = this.dendrogram.cutInto(this.clusters);
    const nearest = new Uint32Array(queries.rows);
    await nearestRows(leaves, queries, { neighbors: 1, engine, signal }, ({ indices }, start) => {
      nearest.set(indices, start);
    });
    return nearest.map((leaf) => labels[leaf]);
  }

  /** All merges, and the leaf of each training point. */
  get hierarchy(): Hierarchy {
    return { kind: 'dendrogram', dendrogram: this.dendrogram, leafOf: this.leafOf };
  }

  /** All merges as data of JSON. */
  treeJson(): TreeJson {
    return { kind: 'dendrogram', ...this.dendrogram.toJson() };
  }

  /** The model as plain data, leaves included; `fromState` reads it back. */
  toState(): ModelState {
    const { settings, clusters, dendrogram, leaves, leafOf, scaling } = this;
    const { rows, columns, data, scale } = leaves;
    const scalings = scalingState(scaling);
    return {
      type: AGGLOMERATIVE_STATE,
      settings: { ...settings, clusters, rows, columns, scale, ...scalings.settings },
      tensors: {
        leaves: { data, shape: [rows, columns] },
        ...(leafOf && { leafOf: { data: leafOf, shape: [leafOf.length] } }),
        ...dendrogramTensors(dendrogram),
        ...scalings.tensors,
      },
    };
  }

  /**
   * @param engine computes in `predict`; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(state: ModelState, engine?: Engine): AgglomerativeModel {
    const reader = new StateReader(state, AGGLOMERATIVE_STATE);
    const rows = reader.wholeNumber('rows', 1);
    const columns = reader.wholeNumber('columns', 1);
    const elements = reader.elements('leaves', [rows, columns]);
    const scale = reader.number('scale');
    const linkage = reader.oneOf('linkage', LINKAGES);
    const metric = reader.oneOf('metric', DENSITY_METRICS);
    const fields = {
      settings: reader.verify(() => linkageSettings({ linkage, metric })),
      clusters: reader.wholeNumber('clusters', 1),
      dendrogram: readDendrogram(reader, rows),
      leaves: reader.verify(() => matrix(elements, rows, columns, scale)),
      leafOf: reader.hasTensor('leafOf') ? reader.labels('leafOf', rows) : undefined,
      scaling: readScaling(reader, columns),
    };
    return reader.verify(() => new AgglomerativeModel(fields, engine));
  }
}

/** Labels of points from those of their leaves. */
function ofPoints(labels: Uint32Array, leafOf: Uint32Array | undefined): Uint32Array {
  return leafOf?.map((leaf) => labels[leaf]) ?? labels;
}

function warningOf(leaves: number, points: number): readonly string[] {
  return [
    `The tree begins from ${leaves.toLocaleString('en')} k-means clusters of the ${points.toLocaleString('en')} points, so it ` +
      'is an approximation. Give microClusters = 0 for an exact one, if there is time and memory for it.',
  ];
}
