import type { GaussianMixtureParameters } from '../mixture/session.ts';

/** The same numbers in arrays of their own. */
export function copyParameters({
  weights,
  means,
  covariances,
}: GaussianMixtureParameters): GaussianMixtureParameters {
  return { weights: weights.slice(), means: means.slice(), covariances: covariances.slice() };
}
