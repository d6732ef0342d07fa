import type { Pausable } from '../chunks.ts';
import { covarianceLength } from '../engine/arithmetic/m-step.ts';
import { precisionFactors } from '../engine/arithmetic/precisions.ts';
import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import type { ComponentDensities } from '../gmm/mixture-model.ts';
import { digamma } from '../special-functions/digamma.ts';
import type { WeightPrior } from './options.ts';
import type { PosteriorState } from './posterior-state.ts';
import { addOuter } from './blocks.ts';

/** Least weight of a component beside the greatest: engines take the logarithm of weights. */
const LEAST_SHARE = 1e-300;

/** What is assumed before any point is seen. */
export interface MixturePrior {
  readonly weightPrior: WeightPrior;
  readonly concentration: number;
  readonly meanPrecision: number;
  readonly degreesOfFreedom: number;
  /** D values. */
  readonly mean: Float64Array;
  /** One block of the covariances: D x D for `full` and `tied`, D for `diag`, one number for `spherical`. */
  readonly covariance: Float64Array;
}

/** The posterior as one mixture with which an engine can compute. */
export interface ExpectedMixture {
  /** log weights of the components, whose sum need not be 1. */
  readonly logWeights: Float64Array;
  /** log |precision|^(1/2) of each component, K values. */
  readonly logDeterminants: Float64Array;
  /** See `PrecisionFactors`. */
  readonly factors: Float64Array;
}

/**
 * The variational M-step (Bishop, "Pattern Recognition and Machine Learning", 10.58 to 10.63; Blei & Jordan, "Variational
 * inference for Dirichlet process mixtures", Bayesian Analysis 1(1), 2006), with scikit-learn's scaling of covariances.
 *
 * @param sample proportions, means and covariances of the points by their responsibilities
 * @param total weight of the points
 */
export function maximizePosterior(
  sample: GaussianMixtureParameters,
  total: number,
  prior: MixturePrior,
  type: CovarianceType,
): PosteriorState {
  const counts = sample.weights.map((weight) => weight * total);
  const components = counts.length;
  const columns = prior.mean.length;
  const meanPrecisions = counts.map((count) => prior.meanPrecision + count);
  const means = sample.means.map((mean, at) => {
    const [k, j] = [Math.floor(at / columns), at % columns];
    return (prior.meanPrecision * prior.mean[j] + counts[k] * mean) / meanPrecisions[k];
  });
  const shared = total / components;
  const degreesOfFreedom = counts.map((count) => prior.degreesOfFreedom + (type === 'tied' ? shared : count));
  const covariances = new Float64Array(covarianceLength(type, components, columns));
  const block = prior.covariance.length;
  for (let at = 0; at < covariances.length; at++) {
    const count = type === 'tied' ? shared : counts[Math.floor(at / block)];
    covariances[at] = prior.covariance[at % block] + count * sample.covariances[at];
  }
  const difference = new Float64Array(columns);
  for (let k = 0; k < components; k++) {
    for (let j = 0; j < columns; j++) difference[j] = sample.means[k * columns + j] - prior.mean[j];
    const share = (counts[k] * prior.meanPrecision) / meanPrecisions[k];
    addOuter(covariances, type, k, difference, type === 'tied' ? share / components : share);
  }
  for (let at = 0; at < covariances.length; at++) {
    covariances[at] /= degreesOfFreedom[type === 'tied' ? 0 : Math.floor(at / block)];
  }
  return {
    ...weightPosterior(counts, prior),
    meanPrecisions,
    means,
    degreesOfFreedom,
    covariances,
  };
}

function weightPosterior(
  counts: Float64Array,
  { weightPrior, concentration }: MixturePrior,
): Pick<PosteriorState, 'concentrations' | 'rests'> {
  const rests = new Float64Array(counts.length);
  if (weightPrior === 'dirichlet') {
    return { concentrations: counts.map((count) => concentration + count), rests };
  }
  let later = 0;
  for (let k = counts.length - 1; k >= 0; k--) {
    rests[k] = concentration + later;
    later += counts[k];
  }
  return { concentrations: counts.map((count) => 1 + count), rests };
}

/**
 * Expectations under the posterior (Bishop, 10.64 to 10.66).
 *
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export function* expectedMixture(
  posterior: PosteriorState,
  type: CovarianceType,
  columns: number,
  weightPrior: WeightPrior,
): Pausable<ExpectedMixture> {
  const components = posterior.meanPrecisions.length;
  const factored = yield* precisionFactors(posterior.covariances, type, components, columns);
  return { logWeights: expectedLogWeights(posterior, columns, weightPrior), ...factored };
}

/** The `logWeights` of an `ExpectedMixture`. */
export function expectedLogWeights(
  posterior: PosteriorState,
  columns: number,
  weightPrior: WeightPrior,
): Float64Array {
  const { degreesOfFreedom, meanPrecisions } = posterior;
  return expectedLogProportions(posterior, weightPrior).map((value, k) => {
    const freedom = degreesOfFreedom[k];
    let logLambda = columns * Math.LN2;
    for (let j = 0; j < columns; j++) logLambda += digamma(0.5 * (freedom - j));
    return value + 0.5 * (logLambda - columns / meanPrecisions[k] - columns * Math.log(freedom));
  });
}

/** Weights that sum to 1 and are above 0, as engines take them, and the log of what they were divided by. */
export function toWeights(logWeights: Float64Array): ComponentDensities {
  const greatest = logWeights.reduce((most, value) => Math.max(most, value), -Infinity);
  const shares = logWeights.map((value) => Math.max(LEAST_SHARE, Math.exp(value - greatest)));
  const sum = shares.reduce((total, share) => total + share, 0);
  return { weights: shares.map((share) => share / sum), logScale: greatest + Math.log(sum) };
}

/** E[log pi_k], K values. */
function expectedLogProportions(
  { concentrations, rests }: PosteriorState,
  weightPrior: WeightPrior,
): Float64Array {
  if (weightPrior === 'dirichlet') {
    const all = digamma(concentrations.reduce((sum, value) => sum + value, 0));
    return concentrations.map((value) => digamma(value) - all);
  }
  let before = 0;
  return concentrations.map((value, k) => {
    const both = digamma(value + rests[k]);
    const own = digamma(value) - both + before;
    before += digamma(rests[k]) - both;
    return own;
  });
}

/** E[pi_k] up to a common factor, made to sum to 1, K values. */
export function expectedProportions(
  { concentrations, rests }: Pick<PosteriorState, 'concentrations' | 'rests'>,
  weightPrior: WeightPrior,
): Float64Array {
  let left = 1;
  const shares = concentrations.map((value, k) => {
    if (weightPrior === 'dirichlet') return value;
    const share = (left * value) / (value + rests[k]);
    left -= share;
    return share;
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
