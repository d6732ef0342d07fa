import { inTurns } from '../chunks.ts';
import type { GaussianMixtureParameters } from '../engine/mixture/session.ts';
import { DataError, InvalidArgumentError, ShapeError, SingularCovarianceError } from '../errors.ts';
import type { Checked, GaussianMixtureFitOptions } from '../fit-options.ts';
import { assertFinite, requirePoints, type Matrix } from '../matrix.ts';
import { lessOrigin, plusOrigin } from '../origin/frame.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import type { RowScalingKind } from '../scaling/types.ts';
import {
  requireFittable,
  requireNonNegative,
  requireNoOverflow,
  requireOneOf,
  requireWholeNumber,
} from '../validation.ts';
import { evaluatedLabels } from './evaluated-labels.ts';
import { runEm, type EarlierBounds, type EmRun } from './em.ts';
import { readMixtureState, writeMixtureState } from './fit-state.ts';
import { initializeMixture } from './initialize.ts';
import { GaussianMixtureModel } from './model.ts';
import { warningsAbout } from './warnings.ts';
import {
  placedMixtureFields,
  requireHeldCovariances,
  withPlacedMixture,
  type PlacedMixture,
} from './placed-mixture.ts';
import { requireParameters } from './parameters.ts';
import { COVARIANCE_TYPES, GAUSSIAN_MIXTURE_INITS, type GaussianMixtureOptions } from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Omit<
  Required<{ [Key in keyof GaussianMixtureOptions]: NonNullable<GaussianMixtureOptions[Key]> }>,
  'scaling' | 'meansInit' | 'engine'
> &
  Pick<GaussianMixtureOptions, 'meansInit' | 'engine'> & { readonly scaling: RowScalingKind | undefined };

/** The outcome of one start. */
type Start = EmRun &
  GaussianMixtureParameters & { readonly lowerBound: number; readonly labels: Uint32Array };

/**
 * A mixture of Gaussians fitted by expectation maximization (Bishop, "Pattern Recognition and Machine
 * Learning", section 9.2), with log-sum-exp responsibilities and Cholesky factors of the precisions.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new GaussianMixture({ clusters: 10, covarianceType: 'diag' }).fit(points);
 * const probabilities = await model.predictProba(newPoints);
 */
export class GaussianMixture {
  readonly #settings: Settings;
  readonly #warnings: readonly string[];

  /**
   * @throws {InvalidArgumentError} when an option is out of range or of the wrong kind
   * @throws {ShapeError} when given means are not one per component
   * @throws {DataError} when given means are NaN or infinite
   */
  constructor(options: GaussianMixtureOptions) {
    const { init = 'kmeans', nInit = 1, scaling } = options;
    const given = typeof init !== 'string';
    this.#settings = {
      clusters: requireWholeNumber('The number of clusters', options.clusters, 1),
      covarianceType: requireOneOf('covarianceType', options.covarianceType ?? 'full', COVARIANCE_TYPES),
      regCovar: requireNonNegative('regCovar', options.regCovar ?? 1e-6),
      tolerance: requireNonNegative('tolerance', options.tolerance ?? 1e-3),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 100, 0),
      nInit: given ? 1 : requireWholeNumber('nInit', nInit, 1),
      init: given ? init : requireOneOf('init', init, GAUSSIAN_MIXTURE_INITS),
      meansInit: options.meansInit && requireMeans(options.meansInit, options.clusters, given),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      scaling: scaling && scalingKind(scaling),
      engine: options.engine,
    };
    this.#warnings =
      given && nInit !== 1
        ? [`nInit = ${nInit} was ignored: given parameters make every start the same, so there was one.`]
        : [];
  }

  /**
   * Fits the mixture to the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, points on the engine's device, or points in parts;
   *   left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than components, weights are
   *   negative, not finite or all zero, or given parameters are not a mixture
   * @throws {ShapeError} when weights or given parameters do not fit the points
   * @throws {DataError} when points are NaN or infinite, or too large for a finite likelihood from any start
   * @throws {SingularCovarianceError} when in every start a covariance stopped being positive definite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits, or the covariances
   *   would have more than 2^29 numbers
   * @throws {DeviceError} when the device fails
   */
  async fit(
    given: PointsLike | PartedPoints,
    options: GaussianMixtureFitOptions = {},
  ): Promise<GaussianMixtureModel> {
    const points = areParted(given) ? given : pointsOf(given);
    const { clusters: components, covarianceType, init, meansInit, regCovar } = this.#settings;
    const { signal } = options;
    const weights = requireFittable(points, options.weights, components, 'components');
    requireHeldCovariances(covarianceType, components, points.columns);
    if (typeof init !== 'string') {
      const shape = { components, covarianceType, columns: points.columns };
      await inTurns(requireParameters(init, shape), signal);
    }
    if (meansInit && meansInit.columns !== points.columns) {
      throw new ShapeError(
        `meansInit has ${meansInit.columns} columns but the points have ${points.columns}.`,
      );
    }
    return withPlacedMixture(points, this.#settings, { weights, signal }, async (place) => {
      const { best, failures } = await this.#bestStart(place, { ...options, weights });
      const fields = await placedMixtureFields(place, best, covarianceType);
      const warnings = [
        ...this.#warnings,
        ...failures,
        ...warningsAbout(best, this.#settings, points.columns),
        ...fields.warnings,
      ];
      const own = { components, covarianceType, regCovar, warnings };
      return new GaussianMixtureModel({ ...best, ...fields, ...own }, place.engine);
    });
  }

  /**
   * Fits the mixture, and gives the component of each point: `labels` of what `fit` returns.
   *
   * @throws like `fit`
   */
  async fitPredict(points: PointsLike, options: GaussianMixtureFitOptions = {}): Promise<Uint32Array> {
    return (await this.fit(points, options)).labels;
  }

  /** The start with the greatest lower bound. A start that failed numerically is chosen only when all starts failed. */
  async #bestStart(
    place: PlacedMixture,
    options: Checked<GaussianMixtureFitOptions>,
  ): Promise<{ readonly best: Start; readonly failures: readonly string[] }> {
    const { nInit, seed } = this.#settings;
    const random = new Random(seed);
    const failures: string[] = [];
    let best: Start | undefined;
    for (let start = 1; start <= nInit; start++) {
      try {
        const run = await this.#start(place, random, start, options);
        if (!best || run.lowerBound > best.lowerBound) best = run;
      } catch (error) {
        const numerical = error instanceof SingularCovarianceError || error instanceof DataError;
        if (!numerical || (start === nInit && !best)) throw error;
        failures.push(`Start ${start} of ${nInit} failed: ${error.message}`);
      }
    }
    return { best: best!, failures };
  }

  async #start(
    place: PlacedMixture,
    random: Random,
    start: number,
    options: Checked<GaussianMixtureFitOptions>,
  ): Promise<Start> {
    const { engine, session, centered, origin } = place;
    const { init, maxIterations, meansInit, nInit, tolerance } = this.#settings;
    const { signal, onProgress, onIteration } = options;
    const checkpoint = nInit === 1 ? options.checkpoint : undefined;
    const saved = checkpoint?.saved && readMixtureState(checkpoint.saved, session);
    const prefix = nInit > 1 ? `start ${start} of ${nInit}, ` : '';
    const reportStart = (message?: string) =>
      onProgress?.({ phase: 'initializing', completed: start - 1, total: nInit, message });
    reportStart();
    const relativeInit =
      typeof init === 'string'
        ? init
        : {
            weights: init.weights,
            means: lessOrigin(init.means, origin),
            covariances: init.covariances,
          };
    await initializeMixture(session, centered, saved?.parameters ?? relativeInit, engine, random, {
      ...options,
      // k-means counts iterations, but this phase counts starts.
      onProgress: ({ message }) => reportStart(message),
    });
    if (meansInit && !saved) {
      const means = Float64Array.from(meansInit.data, (value) => value * meansInit.scale);
      const parameters = await session.readParameters();
      await session.writeParameters({ ...parameters, means: lessOrigin(means, origin) });
    }
    const run = await runEm(session, {
      maxIterations,
      tolerance,
      earlier: earlierBounds(init),
      signal,
      history: saved?.history,
      onState:
        checkpoint &&
        (async (history) =>
          checkpoint.save(writeMixtureState({ parameters: await session.readParameters(), history }))),
      onBatch: (completed, bound) => {
        const message = `${prefix}log-likelihood ${bound.toPrecision(7)}`;
        onProgress?.({ phase: 'iterations', completed, total: maxIterations, message });
      },
      onIteration:
        onIteration &&
        ((iteration, bound) =>
          onIteration({
            iteration,
            start,
            lowerBound: bound,
            async readParameters() {
              const parameters = await session.readParameters();
              return { ...parameters, means: plusOrigin(parameters.means, origin) };
            },
            ...evaluatedLabels(session, engine),
          })),
    });
    const lowerBound = requireNoOverflow(
      'The log-likelihood',
      run.lowerBoundHistory[run.lowerBoundHistory.length - 1],
    );
    return { ...run, ...(await session.readParameters()), lowerBound, labels: await session.readLabels() };
  }
}

function requireMeans(means: Matrix, components: number, parametersGiven: boolean): Matrix {
  if (parametersGiven) {
    throw new InvalidArgumentError('init gives parameters, means among them; leave meansInit out.');
  }
  requirePoints(means, 'meansInit');
  if (means.rows !== components) {
    throw new ShapeError(`${components} components need as many means in meansInit; got ${means.rows}.`);
  }
  assertFinite(means);
  return means;
}

/** The last iterations of a fitted model that was given as the start. */
function earlierBounds(init: Settings['init']): EarlierBounds | undefined {
  if (!(init instanceof GaussianMixtureModel) || init.lowerBoundHistory.length < 2) return undefined;
  const [previous, last] = init.lowerBoundHistory.slice(-2);
  return { previous, last };
}
