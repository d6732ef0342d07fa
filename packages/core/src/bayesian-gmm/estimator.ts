import { inTurns } from '../chunks.ts';
import type { Engine } from '../engine/engine.ts';
import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import { InvalidArgumentError } from '../errors.ts';
import type { GaussianMixtureFitOptions } from '../fit-options.ts';
import { evaluatedLabels } from '../gmm/evaluated-labels.ts';
import { initializeMixture } from '../gmm/initialize.ts';
import { requireParameters } from '../gmm/parameters.ts';
import {
  placedMixtureFields,
  requireHeldCovariances,
  withPlacedMixture,
  type PlacedMixture,
} from '../gmm/placed-mixture.ts';
import { COVARIANCE_TYPES, GAUSSIAN_MIXTURE_INITS, type GaussianMixtureInit } from '../gmm/types.ts';
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
  requirePositive,
  requireWholeNumber,
} from '../validation.ts';
import { BayesianMixtureModel } from './model.ts';
import { WEIGHT_PRIORS, type BayesianMixtureOptions, type WeightPrior } from './options.ts';
import type { PosteriorState } from './posterior-state.ts';
import { expectedProportions, maximizePosterior, type MixturePrior } from './posterior.ts';
import { priorOfPoints } from './prior.ts';
import { runVariationalEm, type VariationalRun } from './variational-em.ts';

/** Options with defaults filled in and checked. */
interface Settings {
  readonly clusters: number;
  readonly covarianceType: CovarianceType;
  readonly weightPrior: WeightPrior;
  readonly concentration: number;
  readonly meanPrecision: number;
  readonly degreesOfFreedom: number | undefined;
  readonly regCovar: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly nInit: number;
  readonly init: GaussianMixtureInit | PosteriorState;
  readonly seed: number;
  readonly scaling: RowScalingKind | undefined;
  readonly engine: Engine | undefined;
}

/** The outcome of one start. */
type Start = VariationalRun & { readonly lowerBound: number; readonly labels: Uint32Array };

/**
 * A mixture of Gaussians whose parameters have prior distributions, fitted by variational inference (Bishop, "Pattern
 * Recognition and Machine Learning", section 10.2; Blei & Jordan, Bayesian Analysis 1(1), 2006), as scikit-learn's
 * `BayesianGaussianMixture`. The number of clusters may be too large: components that points do not need stay empty.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const model = await new BayesianMixture({ clusters: 20 }).fit(points);
 * console.log(model.usedClusters);
 */
export class BayesianMixture {
  readonly #settings: Settings;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: BayesianMixtureOptions) {
    const { init = 'kmeans', scaling, degreesOfFreedom } = options;
    const clusters = requireWholeNumber('The number of clusters', options.clusters, 1);
    this.#settings = {
      clusters,
      covarianceType: requireOneOf('covarianceType', options.covarianceType ?? 'full', COVARIANCE_TYPES),
      weightPrior: requireOneOf('weightPrior', options.weightPrior ?? 'dirichlet-process', WEIGHT_PRIORS),
      concentration: requirePositive('concentration', options.concentration ?? 1 / clusters),
      meanPrecision: requirePositive('meanPrecision', options.meanPrecision ?? 1),
      degreesOfFreedom: degreesOfFreedom && requirePositive('degreesOfFreedom', degreesOfFreedom),
      regCovar: requireNonNegative('regCovar', options.regCovar ?? 1e-6),
      tolerance: requireNonNegative('tolerance', options.tolerance ?? 1e-6),
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 200, 1),
      nInit: typeof init === 'object' ? 1 : requireWholeNumber('nInit', options.nInit ?? 1, 1),
      init: typeof init === 'object' ? init.posterior : requireOneOf('init', init, GAUSSIAN_MIXTURE_INITS),
      seed: requireWholeNumber('seed', options.seed ?? 0, 0),
      scaling: scaling && scalingKind(scaling),
      engine: options.engine,
    };
  }

  /**
   * Fits the mixture to the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, points on the engine's device, or points in parts;
   *   left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than components, weights are
   *   negative, not finite or all zero, or `degreesOfFreedom` is not above D - 1
   * @throws {ShapeError} when weights, or the posterior of a start, do not fit the points
   * @throws {DataError} when points are NaN or infinite, or too large for a finite bound
   * @throws {SingularCovarianceError} when a covariance stopped being positive definite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits, or the covariances
   *   would have more than 2^29 numbers
   * @throws {DeviceError} when the device fails
   */
  async fit(
    given: PointsLike | PartedPoints,
    options: GaussianMixtureFitOptions = {},
  ): Promise<BayesianMixtureModel> {
    const { clusters: components, covarianceType, weightPrior, regCovar, init, nInit, seed } = this.#settings;
    const { signal } = options;
    const points = areParted(given) ? given : pointsOf(given);
    const { columns } = points;
    const weights = requireFittable(points, options.weights, components, 'components');
    requireHeldCovariances(covarianceType, components, columns);
    const degreesOfFreedom = this.#freedomIn(columns);
    if (typeof init === 'object') {
      const start = { ...init, weights: expectedProportions(init, weightPrior) };
      await inTurns(requireParameters(start, { components, covarianceType, columns }), signal);
    }
    const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : points.rows;
    return withPlacedMixture(points, this.#settings, { weights, signal }, async (place) => {
      const ownPrior = { ...this.#settings, degreesOfFreedom };
      const prior = await priorOfPoints(place, covarianceType, total, ownPrior, signal);
      const random = new Random(seed);
      let best = await this.#start(place, prior, total, random, 1, options);
      for (let start = 2; start <= nInit; start++) {
        const run = await this.#start(place, prior, total, random, start, options);
        if (run.lowerBound > best.lowerBound) best = run;
      }
      const { posterior, ...course } = best;
      const fields = await placedMixtureFields(place, posterior, covarianceType);
      return new BayesianMixtureModel(
        {
          ...course,
          ...fields,
          ...{ components, covarianceType, regCovar, weightPrior },
          weights: expectedProportions(posterior, weightPrior),
          covariances: posterior.covariances,
          posterior: { ...posterior, means: plusOrigin(posterior.means, place.origin) },
          warnings: [...this.#warningsAbout(best), ...fields.warnings],
        },
        place.engine,
      );
    });
  }

  #freedomIn(columns: number): number {
    const { degreesOfFreedom = columns } = this.#settings;
    if (degreesOfFreedom > columns - 1) return degreesOfFreedom;
    throw new InvalidArgumentError(
      `degreesOfFreedom must be above the number of columns less 1, ${columns - 1}; got ${degreesOfFreedom}.`,
    );
  }

  async #start(
    place: PlacedMixture,
    prior: MixturePrior,
    total: number,
    random: Random,
    start: number,
    { signal, onProgress, onIteration }: GaussianMixtureFitOptions,
  ): Promise<Start> {
    const { init, maxIterations, tolerance, regCovar, covarianceType, weightPrior, nInit } = this.#settings;
    const { session, engine, centered, origin, weights } = place;
    const reportStart = (message?: string) =>
      onProgress?.({ phase: 'initializing', completed: start - 1, total: nInit, message });
    reportStart();
    let first: PosteriorState;
    if (typeof init === 'object') {
      first = { ...init, means: lessOrigin(init.means, origin) };
    } else {
      await initializeMixture(session, centered, init, engine, random, {
        weights,
        signal,
        onProgress: ({ message }) => reportStart(message),
      });
      first = maximizePosterior(await session.readParameters(), total, prior, covarianceType);
    }
    const run = await runVariationalEm(session, first, {
      prior,
      maxIterations,
      tolerance,
      total,
      regCovar,
      signal,
      onIteration: (completed, bound, posterior) => {
        const message = `${nInit > 1 ? `start ${start} of ${nInit}, ` : ''}lower bound ${bound.toPrecision(7)}`;
        onProgress?.({ phase: 'iterations', completed, total: maxIterations, message });
        return onIteration?.({
          iteration: completed,
          start,
          lowerBound: bound,
          readParameters: () => Promise.resolve(parametersOf(posterior, weightPrior, origin)),
          ...evaluatedLabels(session, engine),
        });
      },
    });
    await session.evaluate();
    const { lowerBoundHistory } = run;
    const lowerBound = requireNoOverflow('The lower bound', lowerBoundHistory[lowerBoundHistory.length - 1]);
    return { ...run, lowerBound, labels: await session.readLabels() };
  }

  #warningsAbout({ converged }: Pick<Start, 'converged'>): readonly string[] {
    const { maxIterations } = this.#settings;
    if (converged) return [];
    return [
      `The best start did not converge in ${maxIterations} iterations; raise maxIterations or tolerance.`,
    ];
  }
}

/** What the posterior expects, in the coordinates of the points. */
function parametersOf(
  { means, covariances, ...posterior }: PosteriorState,
  weightPrior: WeightPrior,
  origin: Float64Array | undefined,
): GaussianMixtureParameters {
  return {
    weights: expectedProportions(posterior, weightPrior),
    means: plusOrigin(means, origin).slice(),
    covariances: covariances.slice(),
  };
}
