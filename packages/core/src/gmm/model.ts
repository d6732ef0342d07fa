import type { Objective } from '../clusterer/clusterer.ts';
import type { Engine } from '../engine/engine.ts';
import type { ScoreOptions } from '../fit-options.ts';
import type { Points } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { requireWeights } from '../sample-weights.ts';
import { StateReader } from '../state-reader.ts';
import { MixtureModel, readMixtureFields, type MixtureFields } from './mixture-model.ts';
import { parameterCount } from './parameter-count.ts';

/** What a mixture optimizes. */
export const LIKELIHOOD = { name: 'mean log-likelihood', better: 'more' } as const;

/** The `type` of a saved model. */
export const MIXTURE_STATE = 'gaussian-mixture';

/** The results of a fit as plain data, without methods. */
export type GaussianMixtureFields = MixtureFields;

/**
 * A fitted Gaussian mixture: frozen. `lowerBound` is the weighted mean log-likelihood of the training points, what `score`
 * gives for them; `lowerBoundHistory` has that of every E-step of the best start.
 */
export class GaussianMixtureModel extends MixtureModel {
  constructor(fields: GaussianMixtureFields, engine?: Engine) {
    super(fields, engine);
    Object.freeze(this);
  }

  /** The mean log-likelihood, and `lowerBoundHistory`. */
  get objective(): Objective {
    return { ...LIKELIHOOD, value: this.lowerBound, history: this.lowerBoundHistory };
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

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    return { type: MIXTURE_STATE, ...this.mixtureState() };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): GaussianMixtureModel {
    return new GaussianMixtureModel(readMixtureFields(new StateReader(state, MIXTURE_STATE)), engine);
  }
}

function totalWeight(points: Points, { weights }: ScoreOptions): number {
  const checked = requireWeights(weights, points.rows);
  return checked ? checked.reduce((sum, weight) => sum + weight, 0) : points.rows;
}
