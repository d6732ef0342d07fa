import type { CovarianceType, GaussianMixtureParameters, GaussianMixtureSession } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { DataError, SingularCovarianceError } from '../errors.ts';
import type { GaussianMixtureFitOptions } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';
import type { Points } from '../matrix.ts';
import { lessOrigin, plusOrigin } from '../origin/frame.ts';
import { centerPoints, measureRounding } from '../origin/move-points.ts';
import { roundingWarning } from '../origin/rounding-warning.ts';
import { Random } from '../random.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { ROW_SCALING_KINDS } from '../scaling/types.ts';
import {
  requireFittable,
  requireNonNegative,
  requireNoOverflow,
  requireOneOf,
  requireWholeNumber,
} from '../validation.ts';
import { balanceWeights } from './balance-weights.ts';
import { runEm, type EmRun } from './em.ts';
import { initializeMixture } from './initialize.ts';
import { GaussianMixtureModel } from './model.ts';
import { requireParameters } from './parameters.ts';
import { COVARIANCE_TYPES, GAUSSIAN_MIXTURE_INITS, type GaussianMixtureOptions } from './types.ts';

/** Options with defaults filled in and checked. */
type Settings = Omit<
  Required<{ [Key in keyof GaussianMixtureOptions]: NonNullable<GaussianMixtureOptions[Key]> }>,
  'scaling'
> &
  Pick<GaussianMixtureOptions, 'scaling'>;

/** The outcome of one start. */
type Start = EmRun &
  GaussianMixtureParameters & { readonly lowerBound: number; readonly labels: Uint32Array };

/**
 * A mixture of Gaussians fitted by expectation maximisation (Bishop, "Pattern Recognition and Machine
 * Learning", section 9.2), with log-sum-exp responsibilities and Cholesky factors of the precisions.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new GaussianMixture({ components: 10, covarianceType: 'diag' }).fit(points);
 * const probabilities = await model.predictProba(newPoints);
 */
export class GaussianMixture {
  readonly #settings: Settings;
  readonly #warnings: readonly string[];

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: GaussianMixtureOptions) {
    const { init = 'kmeans', nInit = 1, scaling } = options;
    const given = typeof init !== 'string';
    this.#settings = {
      components: requireWholeNumber('The number of components', options.components, 1),
      covarianceType: requireOneOf('covarianceType', options.covarianceType ?? 'full', COVARIANCE_TYPES),
      regCovar: requireNonNegative('regCovar', options.regCovar ?? 1e-6),
      tolerance: requireNonNegative('tolerance', options.tolerance ?? 1e-3),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 100, 0),
      nInit: given ? 1 : requireWholeNumber('nInit', nInit, 1),
      init: given ? init : requireOneOf('init', init, GAUSSIAN_MIXTURE_INITS),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      scaling: scaling && requireOneOf('scaling', scaling, ROW_SCALING_KINDS),
      engine: options.engine ?? createReferenceEngine(),
    };
    this.#warnings =
      given && nInit !== 1
        ? [`nInit = ${nInit} was ignored: given parameters make every start the same, so there was one.`]
        : [];
  }

  /**
   * Fits the mixture to the points.
   *
   * @param points N x D, on the host or on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than components, weights are
   *   negative, not finite or all zero, or given parameters are no mixture
   * @throws {ShapeError} when weights or given parameters do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that no start had a finite likelihood
   * @throws {SingularCovarianceError} when a covariance of every start stopped being positive definite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(points: Points, options: GaussianMixtureFitOptions = {}): Promise<GaussianMixtureModel> {
    const { components, covarianceType, engine, init, regCovar } = this.#settings;
    const { weights, signal } = options;
    requireFittable(points, weights, components, 'components');
    if (typeof init !== 'string') {
      requireParameters(init, { components, covarianceType, columns: points.columns });
    }
    const kind = this.#settings.scaling;
    const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
    const scaled = await applyScalings(points, [scaling], engine, { signal });
    let session: GaussianMixtureSession | undefined;
    try {
      const { points: centered, origin } = await centerPoints(scaled.points, engine, { weights, signal });
      session = await engine.createGaussianMixture(centered, {
        components,
        covarianceType,
        regCovar,
        weights: balanceWeights(weights),
        signal,
      });
      const { best, failures } = await this.#bestStart(session, centered, origin, options);
      const { columns } = points;
      const rounding = await measureRounding(scaled.points, origin, engine, { weights, signal });
      const warnings = [
        ...this.#warnings,
        ...failures,
        ...convergenceWarning(best, this.#settings),
        ...(rounding ? warningOfRounding(best.covariances, covarianceType, rounding) : []),
      ];
      const means = plusOrigin(best.means, origin);
      const frame = { origin, center: session.center, relative: origin && best.means };
      return new GaussianMixtureModel(
        { ...best, means, components, columns, covarianceType, regCovar, scaling, warnings, frame },
        engine,
      );
    } finally {
      session?.destroy();
      scaled.release();
    }
  }

  /** The start of the greatest lower bound; starts that failed numerically count only when all did. */
  async #bestStart(
    session: GaussianMixtureSession,
    points: Points,
    origin: Float64Array | undefined,
    options: GaussianMixtureFitOptions,
  ): Promise<{ readonly best: Start; readonly failures: readonly string[] }> {
    const { nInit, seed } = this.#settings;
    const random = new Random(seed);
    const failures: string[] = [];
    let best: Start | undefined;
    for (let start = 1; start <= nInit; start++) {
      try {
        const run = await this.#start(session, points, origin, random, start, options);
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
    session: GaussianMixtureSession,
    points: Points,
    origin: Float64Array | undefined,
    random: Random,
    start: number,
    options: GaussianMixtureFitOptions,
  ): Promise<Start> {
    const { engine, init, maxIterations, nInit, tolerance } = this.#settings;
    const { signal, onProgress, onIteration } = options;
    const prefix = nInit > 1 ? `start ${start} of ${nInit}, ` : '';
    const reportStart = (message?: string) =>
      onProgress?.({ phase: 'initialising', completed: start - 1, total: nInit, message });
    reportStart();
    const relativeInit =
      typeof init === 'string'
        ? init
        : {
            weights: init.weights,
            means: lessOrigin(init.means, origin),
            covariances: init.covariances,
          };
    await initializeMixture(session, points, relativeInit, engine, random, {
      ...options,
      // What k-means counts, iterations, is no unit of this phase, which counts starts.
      onProgress: ({ message }) => reportStart(message),
    });
    const run = await runEm(session, {
      maxIterations,
      tolerance,
      signal,
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
            async readLabels() {
              await session.evaluate();
              return session.readLabels();
            },
            async labelsOnDevice() {
              await session.evaluate();
              return labelsOnDevice(session, engine);
            },
          })),
    });
    const lowerBound = requireNoOverflow(
      'The log-likelihood',
      run.lowerBoundHistory[run.lowerBoundHistory.length - 1],
    );
    return { ...run, ...(await session.readParameters()), lowerBound, labels: await session.readLabels() };
  }
}

/** @param rounding root mean square of what was rounded off each column, D values */
function warningOfRounding(
  covariances: Float64Array,
  type: CovarianceType,
  rounding: Float64Array,
): readonly string[] {
  const columns = rounding.length;
  const deviations = Float64Array.from(rounding, (_, j) => {
    const step = type === 'full' || type === 'tied' ? columns * columns : type === 'diag' ? columns : 1;
    const first = type === 'full' || type === 'tied' ? j * columns + j : type === 'diag' ? j : 0;
    let least = Infinity;
    for (let at = first; at < covariances.length; at += step) least = Math.min(least, covariances[at]);
    return Math.sqrt(least);
  });
  let worst = 0;
  rounding.forEach((value, j) => {
    if (value * deviations[worst] > rounding[worst] * deviations[j]) worst = j;
  });
  return roundingWarning(rounding[worst], deviations[worst], `column ${worst} (from 0)`);
}

function convergenceWarning(best: Start, { maxIterations }: Settings): string[] {
  if (best.converged || maxIterations === 0) return [];
  return [
    `The best start had not converged after ${maxIterations} iterations; raise maxIterations or tolerance.`,
  ];
}
