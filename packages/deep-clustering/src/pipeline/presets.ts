import type { GaussianMixtureOptions, KMeansOptions } from '@shoal/core';

/** k-means of a code: directions matter, lengths do not. See docs/decisions/0033-autoencoder-defaults.md. */
export const defaultCodeKMeans = {
  scaling: 'unit',
  nInit: 10,
} as const satisfies Partial<KMeansOptions>;

/**
 * A Gaussian mixture of a code of unit length, whose 32 columns have a variance of 1 / 32 at most on average:
 * `regCovar` is a few percent of that.
 */
export const defaultCodeMixture = {
  scaling: 'unit',
  covarianceType: 'full',
  regCovar: 2e-3,
  nInit: 3,
} as const satisfies Partial<GaussianMixtureOptions>;
