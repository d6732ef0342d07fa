import type { Objective } from '../clusterer/clusterer.ts';
import type { Engine } from '../engine/engine.ts';
import {
  MixtureModel,
  readMixtureFields,
  type ComponentDensities,
  type MixtureFields,
} from '../gmm/mixture-model.ts';
import type { ModelState } from '../model-state.ts';
import { StateReader } from '../state-reader.ts';
import { WEIGHT_PRIORS, type WeightPrior } from './options.ts';
import type { PosteriorState } from './posterior-state.ts';
import { expectedLogWeights, toWeights } from './posterior.ts';

/** What a Bayesian mixture optimizes. */
export const EVIDENCE = { name: 'evidence lower bound', better: 'more' } as const;

/** The `type` of a saved model. */
export const BAYESIAN_STATE = 'bayesian-gmm';

/** The results of a fit as plain data, without methods. */
export type BayesianMixtureFields = MixtureFields & Pick<BayesianMixtureModel, 'posterior' | 'weightPrior'>;

/**
 * A fitted Bayesian mixture: frozen. `weights`, `means` and `covariances` are what the posterior expects. `lowerBound` is the
 * variational lower bound without constant terms, divided by the weight of the points (scikit-learn does not divide it).
 */
export class BayesianMixtureModel extends MixtureModel {
  readonly weightPrior: WeightPrior;
  /** What is known about the mixture, in the space after scaling. */
  readonly posterior: PosteriorState;

  constructor(fields: BayesianMixtureFields, engine?: Engine) {
    super(fields, engine);
    this.weightPrior = fields.weightPrior;
    this.posterior = Object.freeze(fields.posterior);
    Object.freeze(this);
  }

  /** The lower bound, and `lowerBoundHistory`. */
  get objective(): Objective {
    return { ...EVIDENCE, value: this.lowerBound, history: this.lowerBoundHistory };
  }

  /** Number of clusters that training points have: what is left of K. */
  get usedClusters(): number {
    return new Set(this.labels).size;
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { components, weightPrior } = this;
    const { concentrations, rests, meanPrecisions, degreesOfFreedom } = this.posterior;
    const { settings, tensors } = this.mixtureState();
    const shape = [components];
    return {
      type: BAYESIAN_STATE,
      settings: { ...settings, weightPrior },
      tensors: {
        ...tensors,
        concentrations: { data: concentrations, shape },
        rests: { data: rests, shape },
        meanPrecisions: { data: meanPrecisions, shape },
        degreesOfFreedom: { data: degreesOfFreedom, shape },
      },
    };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): BayesianMixtureModel {
    const reader = new StateReader(state, BAYESIAN_STATE);
    const fields = readMixtureFields(reader);
    const { components, means, covariances } = fields;
    return new BayesianMixtureModel(
      {
        ...fields,
        weightPrior: reader.oneOf('weightPrior', WEIGHT_PRIORS),
        posterior: {
          means,
          covariances,
          concentrations: reader.float64('concentrations', [components]),
          rests: reader.float64('rests', [components]),
          meanPrecisions: reader.float64('meanPrecisions', [components]),
          degreesOfFreedom: reader.float64('degreesOfFreedom', [components]),
        },
      },
      engine,
    );
  }

  /** Components count by the expected logarithms of their proportions and precisions. */
  protected override densities(): ComponentDensities {
    return toWeights(expectedLogWeights(this.posterior, this.columns, this.weightPrior));
  }
}
