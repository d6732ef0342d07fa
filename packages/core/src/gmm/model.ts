import type { ClusterCenters, ClusterModel, Objective } from '../clusterer/clusterer.ts';
import type {
  CovarianceType,
  GaussianMixtureParameters,
  GaussianMixtureSession,
} from '../engine/mixture/session.ts';
import { FittedModel, readFitted, type FittedFields } from '../clusterer/fitted-model.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions, ScoreOptions } from '../fit-options.ts';
import { matrix, type Matrix, type Points } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { enterFrame } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { readInChunks } from '../row-chunks.ts';
import { requireWeights } from '../sample-weights.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import { StateReader } from '../state-reader.ts';
import { requireNoOverflow, requireUsable, requireWholeNumber } from '../validation.ts';
import { balanceWeights } from '../balance-weights.ts';
import { parameterCount } from './parameter-count.ts';
import { invertCovariances, requireSavedParameters } from './parameters.ts';
import { sampleMixture, type MixtureSample } from './sampling.ts';
import { COVARIANCE_TYPES } from './types.ts';

/** What a mixture optimizes. */
export const LIKELIHOOD = { name: 'mean log-likelihood', better: 'more' } as const;

/** The `type` of a saved model. */
export const MIXTURE_STATE = 'gaussian-mixture';

/** The results of a fit as plain data, without methods. */
export type GaussianMixtureFields = FittedFields &
  GaussianMixtureParameters &
  Pick<
    GaussianMixtureModel,
    'components' | 'columns' | 'covarianceType' | 'regCovar' | 'lowerBound' | 'lowerBoundHistory'
  >;

/**
 * A fitted Gaussian mixture: frozen. Points given to its methods go through the model's row scaling first;
 * densities are those of the scaled points.
 */
export class GaussianMixtureModel extends FittedModel implements GaussianMixtureParameters, ClusterModel {
  /** Number of components, K. */
  readonly components: number;
  /** Number of columns of the points, D. */
  readonly columns: number;
  readonly covarianceType: CovarianceType;
  readonly regCovar: number;
  /** Mixing proportions, K values that sum to 1. */
  readonly weights: Float64Array;
  /** Component means, K x D, in the space after scaling. */
  readonly means: Float64Array;
  /** Covariances, shaped by `covarianceType`; see `CovarianceType`. */
  readonly covariances: Float64Array;
  /** Weighted mean log-likelihood of the training points; what `score` gives for the training points. */
  readonly lowerBound: number;
  /** Mean log-likelihood at every E-step the best start made; the last one is `lowerBound`. */
  readonly lowerBoundHistory: readonly number[];

  constructor(fields: GaussianMixtureFields, engine?: Engine) {
    super(fields, engine);
    this.components = fields.components;
    this.columns = fields.columns;
    this.covarianceType = fields.covarianceType;
    this.regCovar = fields.regCovar;
    this.weights = fields.weights;
    this.means = fields.means;
    this.covariances = fields.covariances;
    this.lowerBound = fields.lowerBound;
    this.lowerBoundHistory = Object.freeze(fields.lowerBoundHistory);
    Object.freeze(this);
  }

  /** The number of components. */
  get clusters(): number {
    return this.components;
  }

  /** The mean log-likelihood, and `lowerBoundHistory`. */
  get objective(): Objective {
    return { ...LIKELIHOOD, value: this.lowerBound, history: this.lowerBoundHistory };
  }

  /** The Gaussians, and the scaling that brings points into their space. */
  get centers(): ClusterCenters {
    const { means, columns, scaling, covarianceType, covariances, weights } = this;
    return {
      kind: 'gaussians',
      positions: means,
      columns,
      scalings: scaling ? [scaling] : [],
      covariances: { type: covarianceType, values: covariances },
      weights,
    };
  }

  /**
   * Most responsible component of each point, N values; the lower index on ties.
   *
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite, or too far away for their likelihood to be computed
   */
  predict(points: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.#withSession(points, options, async (session) => {
      await evaluate(session);
      return session.readLabels();
    });
  }

  /**
   * Responsibility of every component for each point, N x K; rows sum to 1. The only method that makes a
   * table of N x K values.
   *
   * @throws like `predict`
   */
  predictProba(points: PointsLike, options: InferenceOptions = {}): Promise<Matrix> {
    return this.#withSession(points, options, async (session) => {
      const { rows, components } = session;
      const responsibilities = await readInChunks(
        'A responsibility',
        rows,
        components,
        options.signal,
        (start, count) => session.responsibilities(start, count),
      );
      return matrix(responsibilities, rows, components);
    });
  }

  /**
   * Log-likelihood of each point, log p(x_i), N values in nats.
   *
   * @throws like `predict`
   */
  scoreSamples(points: PointsLike, options: InferenceOptions = {}): Promise<Float32Array> {
    return this.#withSession(points, options, async (session) => {
      await evaluate(session);
      return session.readLogLikelihoods();
    });
  }

  /**
   * Weighted mean log-likelihood of the points, in nats.
   *
   * @throws like `predict`, and for weights as in `GaussianMixture.fit`
   */
  async score(points: PointsLike, options: ScoreOptions = {}): Promise<number> {
    return this.#withSession(points, options, evaluate);
  }

  /**
   * Bayesian information criterion on the points (Schwarz, Ann. Statist. 6(2), 1978): p ln N - 2 ln L, the
   * lower the better. Weights count points: N is their sum.
   *
   * @throws like `score`
   */
  async bic(given: PointsLike, options: ScoreOptions = {}): Promise<number> {
    const points = pointsOf(given);
    const size = totalWeight(points, options);
    return this.parameterCount * Math.log(size) - 2 * size * (await this.score(points, options));
  }

  /**
   * Akaike information criterion on the points (Akaike, IEEE Trans. Autom. Control 19(6), 1974): 2 p - 2 ln L,
   * the lower the better. Weights count points.
   *
   * @throws like `score`
   */
  async aic(given: PointsLike, options: ScoreOptions = {}): Promise<number> {
    const points = pointsOf(given);
    const size = totalWeight(points, options);
    return 2 * this.parameterCount - 2 * size * (await this.score(points, options));
  }

  /** Number of free parameters, p. */
  get parameterCount(): number {
    return parameterCount(this.covarianceType, this.components, this.columns);
  }

  /** Inverses of the covariances, in the same shape. */
  precisions(): Float64Array {
    return invertCovariances(this.covariances, this.covarianceType, this.components, this.columns);
  }

  /**
   * Draws points from the mixture, ordered by component. They are in the space after scaling.
   *
   * @param count number of points, >= 1
   * @param seed a whole number from 0 to 2^53 - 1
   * @throws {InvalidArgumentError} when the count or the seed is out of range
   */
  sample(count: number, seed = 0): MixtureSample {
    requireWholeNumber('The number of points to draw', count, 1);
    return sampleMixture(this, this.covarianceType, count, seed);
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { components, columns } = this;
    const { settings, tensors } = this.fittedState(columns);
    return {
      type: MIXTURE_STATE,
      settings: {
        components,
        columns,
        covarianceType: this.covarianceType,
        regCovar: this.regCovar,
        lowerBound: this.lowerBound,
        lowerBoundHistory: this.lowerBoundHistory,
        ...settings,
      },
      tensors: {
        weights: { data: this.weights, shape: [components] },
        means: { data: this.means, shape: [components, columns] },
        covariances: { data: this.covariances, shape: covarianceShape(this) },
        ...tensors,
      },
    };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): GaussianMixtureModel {
    const reader = new StateReader(state, MIXTURE_STATE);
    const components = reader.wholeNumber('components', 1);
    const columns = reader.wholeNumber('columns', 1);
    const covarianceType = reader.oneOf('covarianceType', COVARIANCE_TYPES);
    const shape = { components, columns, covarianceType };
    const parameters = {
      weights: reader.float64('weights', [components]),
      means: reader.float64('means', [components, columns]),
      covariances: reader.float64('covariances', covarianceShape(shape)),
    };
    reader.verify(() => {
      requireSavedParameters(parameters, shape);
    });
    return new GaussianMixtureModel(
      {
        ...shape,
        ...parameters,
        regCovar: reader.number('regCovar'),
        lowerBound: reader.number('lowerBound'),
        lowerBoundHistory: reader.numbers('lowerBoundHistory'),
        ...readFitted(reader, components, columns),
      },
      engine,
    );
  }

  async #withSession<T>(
    given: PointsLike,
    { signal, ...options }: ScoreOptions,
    use: (session: GaussianMixtureSession) => Promise<T>,
  ): Promise<T> {
    const { components, covarianceType, regCovar, scaling } = this;
    const points = pointsOf(given);
    requireUsable(points, this.columns);
    const weights = requireWeights(options.weights, points.rows);
    const engine = await this.engineFor(options);
    const scaled = await applyScalings(points, [scaling], engine, { signal });
    let session: GaussianMixtureSession | undefined;
    try {
      const inFrame = await enterFrame(scaled.points, this.means, this.frame ?? {}, engine, signal);
      session = await engine.createGaussianMixture(inFrame.points, {
        components,
        covarianceType,
        regCovar,
        weights: balanceWeights(weights),
        center: inFrame.center,
        signal,
      });
      const { weights: shares, covariances } = this;
      await session.writeParameters({ weights: shares, means: inFrame.positions, covariances });
      return await use(session);
    } finally {
      session?.destroy();
      scaled.release();
    }
  }
}

/** An E-step, and the mean log-likelihood it found. */
async function evaluate(session: GaussianMixtureSession): Promise<number> {
  return requireNoOverflow('The log-likelihood', (await session.evaluate()).lowerBound);
}

function covarianceShape({
  components,
  columns,
  covarianceType,
}: Pick<GaussianMixtureFields, 'components' | 'columns' | 'covarianceType'>): readonly number[] {
  switch (covarianceType) {
    case 'full':
      return [components, columns, columns];
    case 'tied':
      return [columns, columns];
    case 'diag':
      return [components, columns];
    case 'spherical':
      return [components];
  }
}

function totalWeight(points: Points, { weights }: ScoreOptions): number {
  const checked = requireWeights(weights, points.rows);
  return checked ? checked.reduce((sum, weight) => sum + weight, 0) : points.rows;
}
