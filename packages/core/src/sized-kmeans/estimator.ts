import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import type { KMeansFitOptions } from '../fit-options.ts';
import { initialCentroids, requireGiven } from '../kmeans/initial-centroids.ts';
import { absoluteTolerance, openPlaced, placedFields, withPlacedPoints } from '../kmeans/placed-points.ts';
import { startSettings, type StartSettings } from '../kmeans/start-settings.ts';
import { plusOrigin } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { requireFittable, requireNoOverflow, requireOneOf, requireWholeNumber } from '../validation.ts';
import { ApproximateAssigner, ExactAssigner } from './assigner.ts';
import { CountedPoints } from './counted-points.ts';
import { SizedKMeansModel } from './model.ts';
import { SIZE_ASSIGNMENTS, type SizeAssignment, type SizedKMeansOptions } from './options.ts';
import {
  equalLimits,
  requireSizeOptions,
  requireSizes,
  type GivenSizes,
  type SizeLimits,
} from './size-limits.ts';
import { runSizedLloyd, type SizedRun } from './sized-lloyd.ts';

/** Values of N x K up to which the assignment is exact by default: 128 MiB of costs. */
const EXACT_COSTS = 1 << 24;

/** Options with defaults filled in and checked. */
interface Settings extends StartSettings, GivenSizes {
  readonly engine: Engine | undefined;
  readonly maxIterations: number;
  readonly assignment: SizeAssignment | undefined;
}

/** What every start of a fit works with. */
interface Work {
  readonly counted: CountedPoints;
  /** Holds the points that count. */
  readonly session: KMeansSession;
  readonly limits: SizeLimits;
  readonly tolerance: number;
  readonly random: Random;
  readonly options: KMeansFitOptions;
}

/** The outcome of one start. */
type Start = SizedRun & {
  readonly inertia: number;
  readonly gap: number;
  /** K x D less the origin. */
  readonly relative: Float32Array | Float64Array;
};

/**
 * k-means with limits on the sizes of clusters (Bradley, Bennett & Demiriz, 2000): every iteration assigns the points as
 * well as the limits allow. Without limits given, clusters have equal sizes.
 *
 * Sizes count points. Weights count in the inertia and in the centroids.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const { labels } = await new SizedKMeans({ clusters: 10, minSize: 50, maxSize: 200 }).fit(points);
 */
export class SizedKMeans {
  readonly #settings: Settings;

  /**
   * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
   * @throws {ShapeError} when there are more given centroids than clusters
   * @throws {DataError} when given centroids are NaN or infinite
   */
  constructor(options: SizedKMeansOptions) {
    const { assignment, engine } = options;
    this.#settings = {
      ...startSettings(options, 1e-4),
      ...requireSizeOptions(options),
      engine,
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 300, 1),
      assignment: assignment && requireOneOf('assignment', assignment, SIZE_ASSIGNMENTS),
    };
  }

  /**
   * Clusters the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when no assignment has such sizes, when there are fewer points of positive weight than
   *   clusters, or weights are negative, not finite or all zero
   * @throws {ShapeError} when weights or given centroids do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that their distances are not finite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike, options: KMeansFitOptions = {}): Promise<SizedKMeansModel> {
    const { clusters, init, nInit } = this.#settings;
    const { signal } = options;
    const points = pointsOf(given);
    const engine = await engineOrDefault(this.#settings.engine);
    const weights = requireFittable(points, options.weights, clusters, 'clusters');
    if (typeof init === 'object') requireGiven(init, clusters, points.columns);
    const count = weights ? weights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0) : points.rows;
    const sizes = requireSizes(this.#settings, count, clusters);
    return withPlacedPoints(points, engine, this.#settings, { weights, signal }, async (whole) => {
      const counted = await CountedPoints.of(whole);
      const { place } = counted;
      const session = await openPlaced(place, clusters, { signal });
      try {
        const limits = equalLimits(sizes.minSize, sizes.maxSize, clusters);
        const tolerance = await absoluteTolerance(session, this.#settings.tolerance);
        const random = new Random(this.#settings.seed);
        const work = { counted, session, limits, tolerance, random, options };
        let best = await this.#start(work, 1);
        for (let start = 2; start <= nInit; start++) {
          const run = await this.#start(work, start);
          if (run.inertia < best.inertia) best = run;
        }
        const { relative, ...run } = best;
        const center = session.center ?? place.center;
        const fields = await placedFields(place, { relative, center, inertia: run.inertia }, signal);
        const labels = await counted.labelsOfAll(run.labels, relative, clusters, signal);
        const warnings = [...this.#settings.warnings, ...this.#warningsAbout(run), ...fields.warnings];
        return new SizedKMeansModel({ ...run, ...fields, ...sizes, labels, clusters, warnings }, engine);
      } finally {
        session.destroy();
      }
    });
  }

  async #start(
    { counted, session, limits, tolerance, random, options }: Work,
    start: number,
  ): Promise<Start> {
    const { metric, nInit, maxIterations } = this.#settings;
    const { place, points } = counted;
    const { weights } = place;
    const { signal, onProgress, onIteration } = options;
    onProgress?.({ phase: 'seeding', completed: start - 1, total: nInit });
    const initial = await initialCentroids(session, place, random, this.#settings, { weights, signal });
    const isExact = points.rows * session.clusters <= EXACT_COSTS;
    const kind = this.#settings.assignment ?? (isExact ? 'exact' : 'approximate');
    const shared = { session, weights, limits, signal };
    const assigner = kind === 'exact' ? new ExactAssigner(shared) : new ApproximateAssigner(shared, random);
    const run = await runSizedLloyd(session, points, assigner, initial, {
      maxIterations,
      tolerance,
      unitCentroids: metric === 'cosine',
      weights,
      signal,
      onIteration: (iteration, inertia, labels) => {
        const message = `${nInit > 1 ? `start ${start} of ${nInit}, ` : ''}inertia ${inertia.toPrecision(7)}`;
        onProgress?.({ phase: 'iterations', completed: iteration, total: maxIterations, message });
        return onIteration?.({
          iteration,
          start,
          inertia,
          readLabels: () => Promise.resolve(counted.spread(labels)),
          labelsOnDevice: () => labelsOnDevice({}, place.engine),
          readCentroids: async () => plusOrigin(await session.readCentroids(), place.origin),
        });
      },
    });
    const inertia = requireNoOverflow('The inertia', run.inertiaHistory[run.inertiaHistory.length - 1]);
    return {
      ...run,
      inertia,
      gap: await assigner.gap(inertia),
      relative: await session.readCentroids(),
    };
  }

  #warningsAbout({ converged }: Pick<Start, 'converged'>): readonly string[] {
    const { maxIterations } = this.#settings;
    if (converged) return [];
    return [
      `The best start did not converge in ${maxIterations} iterations; raise maxIterations or tolerance.`,
    ];
  }
}
