import { chunkRows, forEachChunk } from '../chunks.ts';
import type { ClusterModel, Objective } from '../clusterer/clusterer.ts';
import { FittedModel } from '../clusterer/fitted-model.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions } from '../fit-options.ts';
import { gatherRows, matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { countWithoutCluster, NO_CLUSTER } from '../no-cluster.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { inHostSpace } from '../scaling/host-space.ts';
import { readScaling, scalingState } from '../scaling/scaling-state.ts';
import type { RowScaling } from '../scaling/types.ts';
import { StateReader } from '../state-reader.ts';
import { requirePositive, requireUsable } from '../validation.ts';
import { CorePoints } from './core-points.ts';
import { DENSITY_METRICS, toCompared, type DensityMetric } from './metric.ts';
import type { RadiusComponents } from './radius-components.ts';

/** The `type` of a saved model. */
export const DBSCAN_STATE = 'dbscan';

/** Settings of DBSCAN, filled in. */
export interface DbscanSettings {
  readonly radius: number;
  readonly minSamples: number;
  readonly metric: DensityMetric;
}

/** The results of a fit. */
export interface DbscanFields {
  readonly settings: DbscanSettings;
  readonly clusters: number;
  readonly labels: Uint32Array;
  /** The core points after scaling, C x D; undefined when there are none. */
  readonly corePoints: Matrix | undefined;
  /** Cluster of each core point, C values. */
  readonly coreLabels: Uint32Array;
  readonly columns: number;
  readonly scaling?: RowScaling | undefined;
}

/** Clusters of one least density: frozen. Made by `Dbscan.fit` or `fromState`. */
export class DbscanModel extends FittedModel implements ClusterModel {
  /** Number of clusters that were found, K; 0 when all points are noise. */
  readonly clusters: number;
  readonly settings: DbscanSettings;
  /** The core points after scaling, C x D; undefined when there are none. */
  readonly corePoints: Matrix | undefined;
  /** Cluster of each core point, C values. */
  readonly coreLabels: Uint32Array;
  /** Number of columns of the points, D. */
  readonly columns: number;

  constructor(fields: DbscanFields, engine?: Engine) {
    const { labels, clusters, settings, scaling } = fields;
    super(
      { labels, iterations: 0, converged: true, warnings: warningsAbout(clusters, settings), scaling },
      engine,
    );
    this.clusters = clusters;
    this.settings = Object.freeze(settings);
    this.corePoints = Object.freeze(fields.corePoints);
    this.coreLabels = fields.coreLabels;
    this.columns = fields.columns;
    Object.freeze(this);
  }

  /** The model of connected points. */
  static of(
    { components, count, isCore }: RadiusComponents,
    { settings, space, scaling }: Pick<DbscanFields, 'settings' | 'scaling'> & { readonly space: Matrix },
    engine: Engine,
  ): DbscanModel {
    const { columns } = space;
    const rows = Uint32Array.from(isCore.keys()).filter((row) => isCore[row] === 1);
    const fields = {
      settings,
      scaling,
      columns,
      clusters: count,
      labels: components,
      corePoints: rows.length > 0 ? matrix(gatherRows(space, rows), rows.length, columns) : undefined,
      coreLabels: rows.map((row) => components[row]),
    };
    return new DbscanModel(fields, engine);
  }

  /** The share of points in a cluster. DBSCAN optimizes no number. */
  get objective(): Objective {
    const value = 1 - countWithoutCluster(this.labels) / this.labels.length;
    return { name: 'share of points in clusters', better: 'more', value, history: [value] };
  }

  /**
   * Cluster of each point: the one with the lowest number of those that have a core point within the radius, or
   * `NO_CLUSTER`. New points do not make others core points.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros
   */
  async predict(given: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    const { signal } = options;
    signal?.throwIfAborted();
    const points = pointsOf(given);
    requireUsable(points, this.columns);
    const engine = await this.engineFor(options);
    const { metric, radius } = this.settings;
    const space = await inHostSpace(points, this.scaling, engine, signal);
    const queries = await toCompared(space, metric, engine, signal);
    const labels = new Uint32Array(points.rows).fill(NO_CLUSTER);
    if (this.corePoints === undefined) return labels;
    const compared = await toCompared(this.corePoints, metric, engine, signal);
    const core = new CorePoints(compared, this.coreLabels, { metric, radius });
    await forEachChunk(points.rows, chunkRows(core.blocks * this.columns), signal, (start, end) => {
      for (let i = start; i < end; i++) labels[i] = core.lowestLabelNear(queries, i);
    });
    return labels;
  }

  /** The model as plain data, core points included; `fromState` reads it back. */
  toState(): ModelState {
    const { settings, clusters, labels, corePoints, coreLabels, columns, scaling } = this;
    const scalings = scalingState(scaling);
    return {
      type: DBSCAN_STATE,
      settings: { ...settings, clusters, columns, ...scalings.settings },
      tensors: {
        labels: { data: labels, shape: [labels.length] },
        coreLabels: { data: coreLabels, shape: [coreLabels.length] },
        ...(corePoints && { corePoints: { data: corePoints.data, shape: [corePoints.rows, columns] } }),
        ...scalings.tensors,
      },
    };
  }

  /**
   * @param engine computes in `predict`; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(state: ModelState, engine?: Engine): DbscanModel {
    const reader = new StateReader(state, DBSCAN_STATE);
    const clusters = reader.wholeNumber('clusters', 0);
    const columns = reader.wholeNumber('columns', 1);
    const coreLabels = reader.labels('coreLabels', clusters);
    const count = coreLabels.length;
    const radius = reader.number('radius');
    const fields = {
      settings: {
        radius: reader.verify(() => requirePositive('radius', radius)),
        minSamples: reader.wholeNumber('minSamples', 1),
        metric: reader.oneOf('metric', DENSITY_METRICS),
      },
      clusters,
      columns,
      labels: reader.labels('labels', clusters, NO_CLUSTER),
      coreLabels,
      corePoints: count > 0 ? matrix(reader.real('corePoints', [count, columns]), count, columns) : undefined,
      scaling: readScaling(reader, columns),
    };
    return new DbscanModel(fields, engine);
  }
}

function warningsAbout(clusters: number, { radius, minSamples }: DbscanSettings): readonly string[] {
  if (clusters > 0) return [];
  return [
    `No cluster was found: all points are noise. Give a larger radius than ${radius}, or fewer minSamples than ${minSamples}.`,
  ];
}
