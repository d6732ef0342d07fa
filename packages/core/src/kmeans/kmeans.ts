import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansPrecision, KMeansSession } from '../engine/kmeans/session.ts';
import { InvalidArgumentError, StateError } from '../errors.ts';
import type { Checked, KMeansFitOptions } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import type { Matrix } from '../matrix.ts';
import { requireNumbers } from '../number-array.ts';
import { plusOrigin } from '../origin/frame.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { requireFittable, requireNoOverflow, requireOneOf, requireWholeNumber } from '../validation.ts';
import { warnOfUnusedClusters } from '../unused-clusters.ts';
import { readFitState, writeFitState, type EarlierStart } from './fit-state.ts';
import { runLloyd, type LloydRun, type LloydState } from './lloyd.ts';
import { KMeansModel, type KMeansFields } from './model.ts';
import { keepFrozen } from './empty-clusters.ts';
import { warnOfFarCentroids } from './far-centroids.ts';
import { givenLessOrigin, initialCentroids, requireGiven } from './initial-centroids.ts';
import { absoluteTolerance } from './placed-points.ts';
import type { OpenPoints } from './open-points.ts';
import { startSettings, type StartSettings } from './start-settings.ts';
import { withOpenPoints } from './with-open-points.ts';
import { KMEANS_PRECISIONS, type KMeansOptions } from './types.ts';

/** Options with defaults filled in and checked. */
interface Settings extends StartSettings, Pick<KMeansOptions, 'engine'> {
  readonly frozen: ReadonlySet<number> | undefined;
  readonly maxIterations: number;
  readonly precision: KMeansPrecision;
}

/** The outcome of one start. */
type Start = LloydRun &
  Pick<KMeansFields, 'labels' | 'inertia'> & {
    /** K x D less the origin, as the engine holds them. */
    readonly relative: Float32Array | Float64Array;
  };

/** Which start it is, from where it goes on if it was stopped, and the best of those before it. */
interface StartOfFit {
  readonly start: number;
  readonly from: LloydState | undefined;
  readonly best: EarlierStart | undefined;
}

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

  /**
   * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
   * @throws {ShapeError} when there are more given centroids than clusters
   * @throws {DataError} when given centroids are NaN or infinite
   */
  constructor(options: KMeansOptions) {
    const settings = startSettings(options, 1e-4);
    this.#settings = {
      ...settings,
      frozen: requireFrozen(options, settings.init),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 300, 1),
      precision: requireOneOf('precision', options.precision ?? 'exact', KMEANS_PRECISIONS),
      engine: options.engine,
    };
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
    const { clusters, init } = this.#settings;
    const { signal } = options;
    const points = areParted(given) ? given : pointsOf(given);
    const engine = await engineOrDefault(this.#settings.engine);
    const weights = requireFittable(points, options.weights, clusters, 'clusters');
    if (typeof init === 'object') requireGiven(init, clusters, points.columns);
    return withOpenPoints(points, engine, this.#settings, { weights, signal }, (open) =>
      this.#fitOpen(open, engine, { ...options, weights }),
    );
  }

  async #fitOpen(open: OpenPoints, engine: Engine, options: Checked<KMeansFitOptions>): Promise<KMeansModel> {
    const { clusters, init, metric, nInit } = this.#settings;
    const { session, place } = open;
    const tolerance = await absoluteTolerance(session, this.#settings.tolerance);
    const warningsOfInit =
      typeof init === 'object' && metric !== 'cosine'
        ? await warnOfFarCentroids(session, givenLessOrigin(init, place.origin), this.#settings.scaling)
        : [];
    const saved =
      options.checkpoint?.saved && readFitState(options.checkpoint.saved, clusters, session.columns);
    const random = saved ? Random.from(saved.random) : new Random(this.#settings.seed);
    let best: EarlierStart | undefined = saved?.best;
    let labels: Uint32Array | undefined;
    for (let start = saved?.start ?? 1; start <= nInit; start++) {
      const from = start === saved?.start ? saved.run : undefined;
      const run = await this.#start(open, random, tolerance, { start, from, best }, options);
      if (!best || run.inertia < best.inertia) ({ labels, ...best } = run);
    }
    if (best === undefined) throw new StateError(`The saved fit had more starts than ${nInit}.`);
    labels ??= await labelsOf(session, best.relative);
    const { relative, ...course } = best;
    const fields = await open.fields(relative, course.inertia);
    const warnings = [
      ...this.#settings.warnings,
      ...warningsOfInit,
      ...warningsAbout({ labels, ...course }, this.#settings),
      ...fields.warnings,
    ];
    return new KMeansModel({ labels, ...course, ...fields, clusters, warnings }, engine);
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

  async #start(
    { session, place }: OpenPoints,
    random: Random,
    tolerance: number,
    { start, from, best }: StartOfFit,
    { weights, signal, onProgress, onIteration, checkpoint }: Checked<KMeansFitOptions>,
  ): Promise<Start> {
    const { clusters, frozen, init, maxIterations, metric, nInit, rounds } = this.#settings;
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
    const initial =
      from?.centroids ??
      (await initialCentroids(session, place, random, this.#settings, {
        weights,
        signal,
        onRound: (round, candidates) => reportSeeding(round, `${prefix}${candidates} candidates`),
      }));
    const run = await runLloyd(session, initial, {
      maxIterations,
      tolerance,
      unitCentroids: metric === 'cosine',
      weights,
      frozen,
      signal,
      from,
      onState:
        checkpoint && !frozen
          ? (run) => checkpoint.save(writeFitState({ start, run, best }, random, clusters))
          : undefined,
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

/** The labels of the final centroids of a start. */
async function labelsOf(
  session: KMeansSession,
  centroids: Float32Array | Float64Array,
): Promise<Uint32Array> {
  await session.writeCentroids(centroids);
  await session.assign();
  return session.readLabels();
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
