import type { KMeansSession } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { ShapeError } from '../errors.ts';
import type { KMeansFitOptions } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import { assertFinite, matrix, type Matrix, type Points } from '../matrix.ts';
import { lessOrigin, plusOrigin } from '../origin/frame.ts';
import { centerPoints, measureRounding } from '../origin/move-points.ts';
import { roundingWarning } from '../origin/rounding-warning.ts';
import { Random } from '../random.ts';
import { applyScalings, scaleHostRows } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { ROW_SCALING_KINDS } from '../scaling/types.ts';
import {
  requireFittable,
  requireNonNegative,
  requireNoOverflow,
  requireOneOf,
  requirePositive,
  requireWholeNumber,
} from '../validation.ts';
import { runLloyd, type LloydRun } from './lloyd.ts';
import { KMeansModel, type KMeansFields } from './model.ts';
import { seedScalably, type ScalableSeedingOptions } from './seed-scalably.ts';
import { defaultTrials, drawDistinctRows, seedGreedily } from './seeding.ts';
import { KMEANS_INITS, KMEANS_METRICS, KMEANS_PRECISIONS, type KMeansOptions } from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Omit<Required<{ [Key in keyof KMeansOptions]: NonNullable<KMeansOptions[Key]> }>, 'scaling'> &
  Pick<KMeansOptions, 'scaling'>;

/** The outcome of one start. */
type Start = LloydRun &
  Pick<KMeansFields, 'labels' | 'inertia'> & {
    /** K x D less the origin, as the engine holds them. */
    readonly relative: Float32Array | Float64Array;
  };

/**
 * k-means clustering by Lloyd's algorithm (Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory
 * 28(2), 1982), Euclidean or spherical, with k-means++ or k-means|| seeding and scikit-learn's stopping rule.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new KMeans({ clusters: 10 }).fit(points);
 * const labels = await model.predict(newPoints);
 */
export class KMeans {
  readonly #settings: Settings;
  readonly #warnings: readonly string[];

  /**
   * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
   * @throws {ShapeError} when given centroids are not one per cluster
   * @throws {DataError} when given centroids are NaN or infinite
   */
  constructor(options: KMeansOptions) {
    const { init = 'k-means++', nInit } = options;
    const given = typeof init !== 'string';
    this.#settings = {
      clusters: requireWholeNumber('The number of clusters', options.clusters, 1),
      metric: requireOneOf('The metric', options.metric ?? 'euclidean', KMEANS_METRICS),
      init: given ? requireCentroids(init, options.clusters) : requireOneOf('init', init, KMEANS_INITS),
      trials: requireWholeNumber('trials', options.trials ?? defaultTrials(options.clusters), 1),
      rounds: requireWholeNumber('rounds', options.rounds ?? 5, 1),
      oversampling: requirePositive('oversampling', options.oversampling ?? 2),
      nInit: given ? 1 : requireWholeNumber('nInit', nInit ?? (init === 'random' ? 10 : 1), 1),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 300, 1),
      tolerance: requireNonNegative('tolerance', options.tolerance ?? 1e-4),
      precision: requireOneOf('precision', options.precision ?? 'exact', KMEANS_PRECISIONS),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      scaling: options.scaling && requireOneOf('scaling', options.scaling, ROW_SCALING_KINDS),
      engine: options.engine ?? createReferenceEngine(),
    };
    this.#warnings =
      given && nInit !== undefined && nInit !== 1
        ? [`nInit = ${nInit} was ignored: given centroids make every start the same, so there was one.`]
        : [];
  }

  /**
   * Clusters the points.
   *
   * @param points N x D, on the host or on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than clusters, or weights are
   *   negative, not finite or all zero
   * @throws {ShapeError} when weights or given centroids do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that their distances are
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(points: Points, options: KMeansFitOptions = {}): Promise<KMeansModel> {
    const { clusters, engine, init, metric, nInit, precision } = this.#settings;
    const { weights, signal } = options;
    requireFittable(points, weights, clusters, 'clusters');
    if (typeof init !== 'string' && init.columns !== points.columns) {
      throw new ShapeError(
        `The initial centroids have ${init.columns} columns but the points have ${points.columns}.`,
      );
    }
    const kind = this.#settings.scaling;
    const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
    const unitCentroids = metric === 'cosine';
    const scaled = await applyScalings(
      points,
      [scaling, unitCentroids ? { kind: 'unit' } : undefined],
      engine,
      { signal },
    );
    let session: KMeansSession | undefined;
    try {
      // Rows of unit length are near 0, and their directions are about 0.
      const { points: centered, origin } = unitCentroids
        ? { points: scaled.points, origin: undefined }
        : await centerPoints(scaled.points, engine, { weights, signal });
      session = await engine.createKMeans(centered, {
        clusters,
        unitCentroids,
        precision,
        weights,
        signal,
      });
      const tolerance = await this.#absoluteTolerance(session);
      const random = new Random(this.#settings.seed);
      let { relative, ...best } = await this.#start(session, random, tolerance, origin, 1, options);
      for (let start = 2; start <= nInit; start++) {
        const run = await this.#start(session, random, tolerance, origin, start, options);
        if (run.inertia < best.inertia) ({ relative, ...best } = run);
      }
      const rounding = await measureRounding(scaled.points, origin, engine, { weights, signal });
      const warnings = [
        ...this.#warnings,
        ...warningsAbout(best, this.#settings),
        ...warningOfRounding(best.inertia, rounding, weights, points.rows),
      ];
      const centroids = matrix(plusOrigin(relative, origin), clusters, points.columns);
      const frame = { origin, center: session.center, relative: origin && relative };
      return new KMeansModel({ ...best, centroids, clusters, metric, scaling, warnings, frame }, engine);
    } finally {
      session?.destroy();
      scaled.release();
    }
  }

  /** scikit-learn's meaning of `tol`: relative to the mean variance of the columns. */
  async #absoluteTolerance(session: KMeansSession): Promise<number> {
    const { tolerance } = this.#settings;
    if (tolerance === 0) return 0;
    const { variance } = await session.columnMoments();
    const total = variance.reduce((sum, value) => sum + value, 0);
    return (tolerance * requireNoOverflow('The variance of the points', total)) / variance.length;
  }

  async #start(
    session: KMeansSession,
    random: Random,
    tolerance: number,
    origin: Float64Array | undefined,
    start: number,
    { weights, signal, onProgress, onIteration }: KMeansFitOptions,
  ): Promise<Start> {
    const { init, maxIterations, metric, nInit, rounds } = this.#settings;
    const prefix = nInit > 1 ? `start ${start} of ${nInit}, ` : '';
    const steps = init === 'k-means||' ? rounds : 1;
    const reportSeeding = (step: number, message?: string) =>
      onProgress?.({
        phase: 'seeding',
        completed: (start - 1) * steps + step,
        total: nInit * steps,
        message,
      });
    reportSeeding(0);
    const initial = await this.#initialCentroids(session, random, origin, {
      weights,
      signal,
      onRound: (round, candidates) => reportSeeding(round, `${prefix}${candidates} candidates`),
    });
    const run = await runLloyd(session, initial, {
      maxIterations,
      tolerance,
      unitCentroids: metric === 'cosine',
      weights,
      signal,
      onBatch: (completed, inertia) => {
        const message = `${prefix}inertia ${inertia.toPrecision(7)}`;
        onProgress?.({ phase: 'iterations', completed, total: maxIterations, message });
      },
      onIteration:
        onIteration &&
        ((iteration, inertia) =>
          onIteration({
            iteration,
            start,
            inertia,
            readLabels: () => session.readLabels(),
            labelsOnDevice: async () => labelsOnDevice(session, this.#settings.engine),
            readCentroids: async () => plusOrigin(await session.readCentroids(), origin),
          })),
    });
    return {
      ...run,
      inertia: requireNoOverflow('The inertia', run.inertiaHistory[run.inertiaHistory.length - 1]),
      labels: await session.readLabels(),
      relative: await session.readCentroids(),
    };
  }

  async #initialCentroids(
    session: KMeansSession,
    random: Random,
    origin: Float64Array | undefined,
    options: Pick<ScalableSeedingOptions, 'weights' | 'signal' | 'onRound'>,
  ): Promise<Float32Array | Float64Array> {
    const { init, metric, trials, rounds, oversampling, clusters, engine } = this.#settings;
    if (init === 'k-means++') {
      return session.readRows(await seedGreedily(session, trials, random, options));
    }
    if (init === 'k-means||') {
      const unitCentroids = metric === 'cosine';
      return seedScalably(session, engine, random, {
        ...options,
        rounds,
        oversampling,
        trials,
        unitCentroids,
      });
    }
    if (init === 'random') {
      return session.readRows(drawDistinctRows(session.rows, clusters, random, options.weights));
    }
    const given = metric === 'cosine' ? await scaleHostRows(init, { kind: 'unit' }, options.signal) : init;
    return lessOrigin(
      Float64Array.from(given.data, (value) => value * given.scale),
      origin,
    );
  }
}

function requireCentroids(init: Matrix, clusters: number): Matrix {
  if (init.rows !== clusters) {
    throw new ShapeError(`${clusters} clusters need as many initial centroids; got ${init.rows}.`);
  }
  assertFinite(init);
  return init;
}

/** @param rounding root mean square of what was rounded off each column */
function warningOfRounding(
  inertia: number,
  rounding: Float64Array | undefined,
  weights: Float32Array | undefined,
  rows: number,
): readonly string[] {
  if (!rounding) return [];
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
  return roundingWarning(Math.hypot(...rounding), Math.sqrt(inertia / total), 'points');
}

function warningsAbout(
  best: Pick<Start, 'labels' | 'converged'>,
  { clusters, maxIterations }: Settings,
): string[] {
  const warnings: string[] = [];
  const used = new Set(best.labels).size;
  if (used < clusters) {
    warnings.push(
      `Only ${used} of ${clusters} clusters hold points: there may be fewer distinct points than clusters.`,
    );
  }
  if (!best.converged) {
    warnings.push(
      `The best start had not converged after ${maxIterations} iterations; raise maxIterations or tolerance.`,
    );
  }
  return warnings;
}
