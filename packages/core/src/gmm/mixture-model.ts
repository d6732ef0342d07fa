import type { ClusterCenters, ClusterModel, Objective } from '../clusterer/clusterer.ts';
import type {
  CovarianceType,
  GaussianMixtureParameters,
  GaussianMixtureSession,
} from '../engine/mixture/session.ts';
import { FittedModel, readFitted, type FittedFields } from '../clusterer/fitted-model.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions, ScoreOptions } from '../fit-options.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { enterFrame } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { readInChunks } from '../row-chunks.ts';
import { requireWeights } from '../sample-weights.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import type { StateReader } from '../state-reader.ts';
import { requireNoOverflow, requireUsable, requireWholeNumber } from '../validation.ts';
import { balanceWeights } from '../balance-weights.ts';
import { invertCovariances, requireSavedParameters } from './parameters.ts';
import { sampleMixture, type MixtureSample } from './sampling.ts';
import { COVARIANCE_TYPES } from './types.ts';

/** The results of a fit of any mixture as plain data, without methods. */
export type MixtureFields = FittedFields &
  GaussianMixtureParameters &
  Pick<
    MixtureModel,
    'components' | 'columns' | 'covarianceType' | 'regCovar' | 'lowerBound' | 'lowerBoundHistory'
  >;

/** How a mixture weighs its components when it looks at a point. */
export interface ComponentDensities {
  /** K values that sum to 1. */
  readonly weights: Float64Array;
  /** The log of what these weights have to be multiplied by. */
  readonly logScale: number;
}

/**
 * A fitted mixture of Gaussians, of any kind. Points given to its methods go through the model's row scaling first;
 * densities are those of the scaled points.
 */
export abstract class MixtureModel extends FittedModel implements GaussianMixtureParameters, ClusterModel {
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
  /** What the fit optimized, at its end. */
  readonly lowerBound: number;
  /** Its values in the course of the best start; the last one is `lowerBound`. */
  readonly lowerBoundHistory: readonly number[];

  constructor(fields: MixtureFields, engine?: Engine) {
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
  }

  /** The number of components. */
  get clusters(): number {
    return this.components;
  }

  abstract get objective(): Objective;

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
      const { logScale } = this.densities();
      return (await session.readLogLikelihoods()).map((value) => value + logScale);
    });
  }

  /**
   * Weighted mean log-likelihood of the points, in nats.
   *
   * @throws like `predict`, and for weights as in `GaussianMixture.fit`
   */
  async score(points: PointsLike, options: ScoreOptions = {}): Promise<number> {
    return this.#withSession(
      points,
      options,
      async (session) => (await evaluate(session)) + this.densities().logScale,
    );
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

  /** The model as plain data; its kind's `load` reads it back. */
  abstract toState(): ModelState;

  /** The mixing proportions, unless a kind of mixture weighs its components in another way. */
  protected densities(): ComponentDensities {
    return { weights: this.weights, logScale: 0 };
  }

  /** The part of `toState` that is the same for all mixtures. */
  protected mixtureState(): Pick<ModelState, 'settings' | 'tensors'> {
    const { components, columns } = this;
    const { settings, tensors } = this.fittedState(columns);
    return {
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
      const { weights: shares } = this.densities();
      await session.writeParameters({
        weights: shares,
        means: inFrame.positions,
        covariances: this.covariances,
      });
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

/**
 * What `mixtureState` wrote.
 *
 * @throws {DataError} when it is damaged
 */
export function readMixtureFields(reader: StateReader): MixtureFields {
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
  return {
    ...shape,
    ...parameters,
    regCovar: reader.number('regCovar'),
    lowerBound: reader.number('lowerBound'),
    lowerBoundHistory: reader.numbers('lowerBoundHistory'),
    ...readFitted(reader, components, columns),
  };
}

/** Of the tensor of covariances. */
function covarianceShape({
  components,
  columns,
  covarianceType,
}: Pick<MixtureFields, 'components' | 'columns' | 'covarianceType'>): readonly number[] {
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
