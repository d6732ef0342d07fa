import type { ClusterCenters, ClusterModel, Objective } from '../clusterer/clusterer.ts';
import { FittedModel, readFitted, type FittedFields } from '../clusterer/fitted-model.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { InferenceOptions, ScoreOptions } from '../fit-options.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { enterFrame } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { readInChunks } from '../row-chunks.ts';
import { requireWeights } from '../sample-weights.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import type { StateReader } from '../state-reader.ts';
import { requireNoOverflow, requireUsable } from '../validation.ts';
import { rowScalings } from './row-scalings.ts';
import { KMEANS_METRICS, type KMeansMetric } from './types.ts';

/** What k-means optimizes. */
export const INERTIA = { name: 'inertia', better: 'less' } as const;

/** The results of a fit that ends with one centroid for each cluster, as plain data without methods. */
export type CentroidFields = FittedFields &
  Pick<CentroidModel, 'clusters' | 'metric' | 'centroids' | 'inertia' | 'inertiaHistory'>;

/**
 * Clusters around centroids, as all kinds of k-means find them. Points given to its methods go through the model's row
 * scaling first, and to unit length where the metric is cosine.
 */
export abstract class CentroidModel extends FittedModel implements ClusterModel {
  /** Number of clusters, K. */
  readonly clusters: number;
  readonly metric: KMeansMetric;
  /** Centroids, K x D, in the space of the clusters (after scaling); of unit length for cosine. */
  readonly centroids: Matrix;
  /** Weighted sum of squared distances of the training points to their centroids. */
  readonly inertia: number;
  /** Inertia of every assignment the best start made; the last one is `inertia`. */
  readonly inertiaHistory: readonly number[];

  constructor(fields: CentroidFields, engine?: Engine) {
    super(fields, engine);
    this.clusters = fields.clusters;
    this.metric = fields.metric;
    this.centroids = Object.freeze(fields.centroids);
    this.inertia = fields.inertia;
    this.inertiaHistory = Object.freeze(fields.inertiaHistory);
  }

  /** The inertia, and `inertiaHistory`. */
  get objective(): Objective {
    return { ...INERTIA, value: this.inertia, history: this.inertiaHistory };
  }

  /** The centroids, and the scaling that brings points into their space. */
  get centers(): ClusterCenters {
    const { centroids, scaling, metric } = this;
    return {
      kind: 'centroids',
      positions: Float64Array.from(centroids.data),
      columns: centroids.columns,
      scalings: rowScalings(scaling, metric),
    };
  }

  /**
   * Index of the nearest centroid of each point, N values; the lower index on ties.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or too far away for their distances to be computed
   */
  predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.withSession(points, options, async (session) => {
      await assign(session);
      return session.readLabels();
    });
  }

  /**
   * Euclidean distance of each point to every centroid, N x K (for cosine: between unit vectors, that is
   * sqrt(2 - 2 cos)). The only method that makes a table of N x K values.
   *
   * @throws like `predict`
   */
  transform(points: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    return this.withSession(points, options, async (session) => {
      const { rows, clusters } = session;
      const distances = await readInChunks('A distance', rows, clusters, options.signal, (start, count) =>
        session.distancesToCentroids(start, count),
      );
      return matrix(distances, rows, clusters);
    });
  }

  /**
   * Minus the inertia of the points: the greater the better.
   *
   * @throws like `predict`, and for weights as in `KMeans.fit`
   */
  async score(points: PointsLike, options: ScoreOptions = {}): Promise<number> {
    return this.withSession(points, options, async (session) => -(await assign(session)));
  }

  /** The model as plain data; its kind's `load` reads it back. */
  abstract toState(): ModelState;

  /** The part of `toState` that is the same for all kinds of k-means. */
  protected centroidState(): Pick<ModelState, 'settings' | 'tensors'> {
    const { data, rows, columns } = this.centroids;
    const { settings, tensors } = this.fittedState(columns);
    return {
      settings: {
        clusters: this.clusters,
        columns,
        metric: this.metric,
        inertia: this.inertia,
        inertiaHistory: this.inertiaHistory,
        ...settings,
      },
      tensors: {
        centroids: { data, shape: [rows, columns] },
        ...tensors,
      },
    };
  }

  /**
   * Opens a session of points in the model's space, with the model's centroids.
   *
   * @param use gets the session, and the center of its points; see `SessionOptions`
   */
  protected async withSession<T>(
    given: PointsLike,
    { signal, ...options }: ScoreOptions,
    use: (session: KMeansSession, center: Float64Array) => Promise<T>,
  ): Promise<T> {
    const { clusters, centroids, metric, scaling } = this;
    const points = pointsOf(given);
    requireUsable(points, centroids.columns);
    const weights = requireWeights(options.weights, points.rows);
    const engine = await this.engineFor(options);
    const unitCentroids = metric === 'cosine';
    const scaled = await applyScalings(points, rowScalings(scaling, metric), engine, { signal });
    let session: KMeansSession | undefined;
    try {
      const inFrame = await enterFrame(scaled.points, centroids.data, this.frame ?? {}, engine, signal);
      const { center } = inFrame;
      session = await engine.createKMeans(inFrame.points, {
        clusters,
        unitCentroids,
        signal,
        weights,
        center,
      });
      await session.writeCentroids(inFrame.positions);
      return await use(session, center);
    } finally {
      session?.destroy();
      scaled.release();
    }
  }
}

/** An assignment, and the inertia it found. */
async function assign(session: KMeansSession): Promise<number> {
  return requireNoOverflow('The inertia', (await session.assign()).inertia);
}

/**
 * What `centroidState` wrote.
 *
 * @throws {DataError} when it is damaged
 */
export function readCentroidFields(reader: StateReader): CentroidFields {
  const clusters = reader.wholeNumber('clusters', 1);
  const columns = reader.wholeNumber('columns', 1);
  return {
    clusters,
    metric: reader.oneOf('metric', KMEANS_METRICS),
    centroids: matrix(reader.real('centroids', [clusters, columns]), clusters, columns),
    inertia: reader.number('inertia'),
    inertiaHistory: reader.numbers('inertiaHistory'),
    ...readFitted(reader, clusters, columns),
  };
}
