import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import { logGamma } from '../special-functions/log-gamma.ts';
import { addOuter, subtractFromDiagonals, traceOf } from './blocks.ts';
import type { WeightPrior } from './options.ts';
import type { ExpectedMixture, PosteriorState } from './posterior.ts';

const LOG_2_PI = Math.log(2 * Math.PI);

/** An E-step, and what the engine found in it. */
export interface EStep {
  /** What the engine computed with, and its means, K x D. */
  readonly expected: ExpectedMixture;
  readonly means: Float64Array;
  /** Sum over the points of the log of the components' sum. */
  readonly likelihood: number;
  /** Proportions, means and covariances of the points by the responsibilities found; `regCovar` is in the covariances. */
  readonly sample: GaussianMixtureParameters;
  /** Weight of the points. */
  readonly total: number;
  readonly regCovar: number;
}

/**
 * The entropy of the responsibilities, -sum_ik r_ik log r_ik. Engines do not add it up, but it follows from what they do:
 * log r_ik is the component's term less the log of their sum, and the sum of the terms follows from the moments.
 */
export function entropyOf(step: EStep, type: CovarianceType): number {
  const { expected, means, likelihood, sample, total, regCovar } = step;
  const components = sample.weights.length;
  const columns = means.length / components;
  const counts = sample.weights.map((weight) => weight * total);
  const scatters = scattersAbout(means, sample, counts, type, regCovar);
  let terms = 0;
  for (let k = 0; k < components; k++) {
    terms += counts[k] * (expected.logWeights[k] + expected.logDeterminants[k] - 0.5 * columns * LOG_2_PI);
  }
  for (let k = 0; k < (type === 'tied' ? 1 : components); k++) {
    terms -= 0.5 * (type === 'tied' ? 1 : counts[k]) * traceOf(expected.factors, scatters, type, k, columns);
  }
  return likelihood - terms;
}

/** Scatter of each component about other means; for `tied`, the sum over all points. */
function scattersAbout(
  means: Float64Array,
  sample: GaussianMixtureParameters,
  counts: Float64Array,
  type: CovarianceType,
  regCovar: number,
): Float64Array {
  const columns = means.length / counts.length;
  const scatters = sample.covariances.slice();
  subtractFromDiagonals(scatters, type, columns, regCovar);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (type === 'tied') for (let at = 0; at < scatters.length; at++) scatters[at] *= total;
  const difference = new Float64Array(columns);
  counts.forEach((count, k) => {
    for (let j = 0; j < columns; j++) {
      difference[j] = sample.means[k * columns + j] - means[k * columns + j];
    }
    addOuter(scatters, type, k, difference, type === 'tied' ? count : 1);
  });
  return scatters;
}

/**
 * The variational lower bound without its constant terms, as scikit-learn has it (Bishop, 10.70 to 10.77).
 *
 * @param entropy of the responsibilities that the posterior was made from
 * @param expected of the posterior
 */
export function lowerBoundOf(
  entropy: number,
  posterior: PosteriorState,
  { logDeterminants }: ExpectedMixture,
  columns: number,
  weightPrior: WeightPrior,
): number {
  const { degreesOfFreedom, meanPrecisions } = posterior;
  let bound = entropy - logNormOfWeights(posterior, weightPrior);
  degreesOfFreedom.forEach((freedom, k) => {
    const logDeterminant = logDeterminants[k] - 0.5 * columns * Math.log(freedom);
    bound -= logWishartNorm(freedom, logDeterminant, columns) + 0.5 * columns * Math.log(meanPrecisions[k]);
  });
  return bound;
}

/** log of the normalization of a Wishart distribution, up to a constant. */
function logWishartNorm(freedom: number, logDeterminant: number, columns: number): number {
  let sum = freedom * logDeterminant + 0.5 * freedom * columns * Math.LN2;
  for (let j = 0; j < columns; j++) sum += logGamma(0.5 * (freedom - j));
  return -sum;
}

function logNormOfWeights({ concentrations, rests }: PosteriorState, weightPrior: WeightPrior): number {
  if (weightPrior === 'dirichlet') {
    const all = concentrations.reduce((sum, value) => sum + value, 0);
    return concentrations.reduce((sum, value) => sum - logGamma(value), logGamma(all));
  }
  return concentrations.reduce(
    (sum, value, k) => sum - logGamma(value) - logGamma(rests[k]) + logGamma(value + rests[k]),
    0,
  );
}
