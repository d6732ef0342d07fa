import type { Engine } from '../engine/engine.ts';
import { CentroidModel, readCentroidFields, type CentroidFields } from '../kmeans/centroid-model.ts';
import { matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { plusOrigin } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { hash32, Random } from '../random.ts';
import { requireWeights } from '../sample-weights.ts';
import { StateReader } from '../state-reader.ts';
import { requireNoOverflow } from '../validation.ts';
import { learnBatch } from './learn-batch.ts';
import type { PartialFitOptions } from './options.ts';

/** The `type` of a saved model. */
export const MINIBATCH_STATE = 'minibatch-kmeans';

/** The results of a fit as plain data, without methods. */
export type MiniBatchKMeansFields = CentroidFields &
  Pick<MiniBatchKMeansModel, 'counts' | 'decay' | 'reassignment' | 'seed'>;

/**
 * Clusters of mini-batch k-means: frozen. `inertiaHistory` has the smoothed inertia after each batch, as an estimate for
 * all points, and last the inertia of all points.
 */
export class MiniBatchKMeansModel extends CentroidModel {
  /** Weight of the points that each cluster has seen, after decay, K values. */
  readonly counts: Float64Array;
  readonly decay: number;
  readonly reassignment: number;
  readonly seed: number;

  constructor(fields: MiniBatchKMeansFields, engine?: Engine) {
    super(fields, engine);
    this.counts = fields.counts;
    this.decay = fields.decay;
    this.reassignment = fields.reassignment;
    this.seed = fields.seed;
    Object.freeze(this);
  }

  /**
   * Learns from more points, as one batch of a stream. This model stays as it is. The result has the labels, and the
   * inertia, of the new points; its row scaling is that of this model.
   *
   * @param given M x D
   * @throws {ShapeError} when the points have another number of columns, or weights do not fit them
   * @throws {DataError} when points are NaN or infinite
   * @throws {InvalidArgumentError} when weights are negative, not finite or all zero
   */
  async partialFit(given: PointsLike, options: PartialFitOptions = {}): Promise<MiniBatchKMeansModel> {
    const points = pointsOf(given);
    const weights = requireWeights(options.weights, points.rows);
    return this.withSession(points, { ...options, weights }, async (session) => {
      const { clusters, metric, scaling, converged, decay, reassignment, seed, frame } = this;
      const unit = metric === 'cosine';
      const learned = {
        centroids: Float64Array.from(await session.readCentroids()),
        counts: this.counts.slice(),
      };
      const random = new Random(hash32(seed % 2 ** 32, this.iterations));
      await learnBatch(session, learned, { decay, reassignment, unit }, weights, random);
      await session.writeCentroids(learned.centroids);
      const inertia = requireNoOverflow('The inertia', (await session.assign()).inertia);
      const relative = await session.readCentroids();
      const origin = points.location === 'host' ? frame?.origin : undefined;
      const { rows, columns } = this.centroids;
      return new MiniBatchKMeansModel(
        {
          ...{ clusters, metric, scaling, converged, decay, reassignment, seed, warnings: [] },
          centroids: matrix(plusOrigin(relative, origin), rows, columns),
          frame: { ...frame, relative: origin && relative },
          labels: await session.readLabels(),
          inertia,
          inertiaHistory: [inertia],
          iterations: this.iterations + 1,
          counts: learned.counts,
        },
        await this.engineFor({}),
      );
    });
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { decay, reassignment, seed, counts } = this;
    const { settings, tensors } = this.centroidState();
    return {
      type: MINIBATCH_STATE,
      settings: { ...settings, decay, reassignment, seed },
      tensors: { ...tensors, counts: { data: counts, shape: [counts.length] } },
    };
  }

  /**
   * Reads a model back from what `toState` returned; `partialFit` goes on with it.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): MiniBatchKMeansModel {
    const reader = new StateReader(state, MINIBATCH_STATE);
    const fields = readCentroidFields(reader);
    return new MiniBatchKMeansModel(
      {
        ...fields,
        counts: reader.float64('counts', [fields.clusters]),
        decay: reader.number('decay'),
        reassignment: reader.number('reassignment'),
        seed: reader.wholeNumber('seed', 0),
      },
      engine,
    );
  }
}
