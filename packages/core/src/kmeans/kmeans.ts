import { engineOrDefault } from '../default-engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { InvalidArgumentError } from '../errors.ts';
import type { Checked, KMeansFitOptions } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import { matrix, type Matrix } from '../matrix.ts';
import { requireNumbers } from '../number-array.ts';
import { plusOrigin } from '../origin/frame.ts';
import { roundingWarning } from '../origin/rounding-warning.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { matrixOf, pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import type { RowScalingKind } from '../scaling/types.ts';
import {
  requireFittable,
  requireNonNegative,
  requireNoOverflow,
  requireOneOf,
  requirePositive,
  requireWholeNumber,
} from '../validation.ts';
import { warnOfUnusedClusters } from '../unused-clusters.ts';
import { runLloyd, type LloydRun } from './lloyd.ts';
import { KMeansModel, type KMeansFields } from './model.ts';
import { keepFrozen } from './empty-clusters.ts';
import { warnOfFarCentroids } from './far-centroids.ts';
import { givenLessOrigin, initialCentroids, requireGiven } from './initial-centroids.ts';
import { placePoints } from './place-points.ts';
import type { PlacedPoints } from './placed-points.ts';
import { defaultTrials } from './seeding.ts';
import {
  KMEANS_INITS,
  KMEANS_METRICS,
  KMEANS_PRECISIONS,
  type KMeansInit,
  type KMeansInitFunction,
  type KMeansOptions,
} from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Omit<
  Required<{ [Key in keyof KMeansOptions]: NonNullable<KMeansOptions[Key]> }>,
  'scaling' | 'frozen' | 'engine' | 'init'
> &
  Pick<KMeansOptions, 'engine'> & {
    readonly scaling: RowScalingKind | undefined;
    readonly init: KMeansInit | Matrix | KMeansInitFunction;
    readonly frozen: ReadonlySet<number> | undefined;
  };

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
   * @throws {ShapeError} when there are more given centroids than clusters
   * @throws {DataError} when given centroids are NaN or infinite
   */
  constructor(options: KMeansOptions) {
    const { nInit } = options;
    const init = initOf(options.init);
    if (typeof init === 'object') requireGiven(init, options.clusters);
    // With all centroids given, nothing is random.
    const given = typeof init === 'object' && init.rows === options.clusters;
    const starts = init === 'random' || typeof init === 'function' ? 10 : 1;
    this.#settings = {
      clusters: requireWholeNumber('The number of clusters', options.clusters, 1),
      metric: requireOneOf('The metric', options.metric ?? 'euclidean', KMEANS_METRICS),
      init: typeof init === 'string' ? requireOneOf('init', init, KMEANS_INITS) : init,
      frozen: requireFrozen(options, init),
      trials: requireWholeNumber('trials', options.trials ?? defaultTrials(options.clusters), 1),
      rounds: requireWholeNumber('rounds', options.rounds ?? 5, 1),
      oversampling: requirePositive('oversampling', options.oversampling ?? 2),
      nInit: given ? 1 : requireWholeNumber('nInit', nInit ?? starts, 1),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 300, 1),
      tolerance: requireNonNegative('tolerance', options.tolerance ?? 1e-4),
      precision: requireOneOf('precision', options.precision ?? 'exact', KMEANS_PRECISIONS),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      scaling: options.scaling && scalingKind(options.scaling),
      engine: options.engine,
    };
    this.#warnings =
      given && nInit !== undefined && nInit !== 1
        ? [`nInit = ${nInit} was ignored: given centroids make every start the same, so there was one.`]
        : [];
  }

  /**
   * Clusters the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, points on the engine's device, or points in parts;
   *   left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than clusters, or weights are
   *   negative, not finite or all zero
   * @throws {ShapeError} when weights or given centroids do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that their distances are not finite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike | PartedPoints, options: KMeansFitOptions = {}): Promise<KMeansModel> {
    const { clusters, init, metric, nInit, scaling: kind } = this.#settings;
    const { signal } = options;
    const points = areParted(given) ? given : pointsOf(given);
    const engine = await engineOrDefault(this.#settings.engine);
    const weights = requireFittable(points, options.weights, clusters, 'clusters');
    if (typeof init === 'object') requireGiven(init, clusters, points.columns);
    const place = await placePoints(points, engine, this.#settings, { weights, signal });
    const { session, scaling, origin, center } = place;
    try {
      const tolerance = await this.#absoluteTolerance(session);
      const warningsOfInit =
        typeof init === 'object' && metric !== 'cosine'
          ? await warnOfFarCentroids(session, givenLessOrigin(init, origin), kind)
          : [];
      const random = new Random(this.#settings.seed);
      const checked = { ...options, weights };
      let { relative, ...best } = await this.#start(place, random, tolerance, 1, checked);
      for (let start = 2; start <= nInit; start++) {
        const run = await this.#start(place, random, tolerance, start, checked);
        if (run.inertia < best.inertia) ({ relative, ...best } = run);
      }
      const warnings = [
        ...this.#warnings,
        ...warningsOfInit,
        ...warningsAbout(best, this.#settings),
        ...warningOfRounding(best.inertia, await place.measureRounding(), weights, points.rows),
      ];
      const centroids = matrix(plusOrigin(relative, origin), clusters, points.columns);
      const frame = { origin, center, relative: origin && relative };
      return new KMeansModel({ ...best, centroids, clusters, metric, scaling, warnings, frame }, engine);
    } finally {
      place.release();
    }
  }

  /**
   * Clusters the points, and gives the cluster of each: `labels` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitPredict(points: PointsLike, options: KMeansFitOptions = {}): Promise<Uint32Array> {
    return (await this.fit(points, options)).labels;
  }

  /**
   * Clusters the points, and gives the distance of each to every centroid, N x K: `transform` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitTransform(given: PointsLike, options: KMeansFitOptions = {}): Promise<Matrix> {
    const points = pointsOf(given);
    return (await this.fit(points, options)).transform(points, { signal: options.signal });
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
    place: PlacedPoints,
    random: Random,
    tolerance: number,
    start: number,
    { weights, signal, onProgress, onIteration }: Checked<KMeansFitOptions>,
  ): Promise<Start> {
    const { frozen, init, maxIterations, metric, nInit, rounds } = this.#settings;
    const { session } = place;
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
    const initial = await initialCentroids(place, random, this.#settings, {
      weights,
      signal,
      onRound: (round, candidates) => reportSeeding(round, `${prefix}${candidates} candidates`),
    });
    const run = await runLloyd(session, initial, {
      maxIterations,
      tolerance,
      unitCentroids: metric === 'cosine',
      weights,
      frozen,
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
            labelsOnDevice: async () => labelsOnDevice(session, place.engine),
            readCentroids: async () => plusOrigin(await session.readCentroids(), place.origin),
          })),
    });
    const centroids = await session.readCentroids();
    if (frozen) keepFrozen(centroids, { indices: frozen, centroids: initial }, session.columns);
    return {
      ...run,
      inertia: requireNoOverflow('The inertia', run.inertiaHistory[run.inertiaHistory.length - 1]),
      labels: await session.readLabels(),
      relative: centroids,
    };
  }
}

/** @throws {InvalidArgumentError} when given centroids are neither a matrix nor rows of numbers */
function initOf(init: KMeansOptions['init'] = 'k-means++'): Settings['init'] {
  return typeof init === 'object' ? matrixOf(init, 'Initial centroids') : init;
}

/**
 * The clusters whose centroids are frozen; undefined when there are none.
 *
 * @throws {InvalidArgumentError} when their centroids are not given
 */
function requireFrozen(
  { clusters, frozen }: KMeansOptions,
  init: Settings['init'],
): ReadonlySet<number> | undefined {
  if (frozen === undefined || frozen === 0) return undefined;
  const given = typeof init === 'object' ? init.rows : typeof init === 'function' ? clusters : 0;
  const indices =
    typeof frozen === 'number'
      ? Array.from({ length: requireWholeNumber('frozen', frozen, 0) }, (_, k) => k)
      : requireNumbers('frozen', frozen);
  const chosen = new Set<number>();
  for (let i = 0; i < indices.length; i++)
    chosen.add(requireWholeNumber('An index in frozen', indices[i], 0));
  if (Math.max(...chosen) >= given) {
    throw new InvalidArgumentError(
      `Frozen centroids must be given by init, which gives ${given}; got frozen = ${String(frozen)}.`,
    );
  }
  return chosen.size > 0 ? chosen : undefined;
}

/** @param rounding root mean square of the rounding errors of each column */
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
  const warnings: string[] = [...warnOfUnusedClusters(best.labels, clusters)];
  if (!best.converged) {
    warnings.push(
      `The best start did not converge in ${maxIterations} iterations; raise maxIterations or tolerance.`,
    );
  }
  return warnings;
}
