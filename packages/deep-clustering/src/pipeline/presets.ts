import type { GaussianMixtureOptions, KMeansOptions } from '@shoal/core';
import { defaultClusteringUmap } from '@shoal/manifold';
import { defaultAutoencoder, paperAutoencoder } from '../autoencoder/presets.ts';
import type { N2dSettings } from './n2d-settings.ts';

/** k-means of a code: only directions count, not lengths. See docs/decisions/0033-autoencoder-defaults.md. */
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

/** Settings that suit codes, by the name of the kind of clustering. */
export const CODE_PRESETS: Readonly<Record<string, object | undefined>> = {
  kmeans: defaultCodeKMeans,
  gmm: defaultCodeMixture,
};

/** N2D as published: a wide network without noise, 1,000 epochs, UMAP in ten dimensions (McConville et al., ICPR 2020). */
export const n2dPaper = {
  autoencoder: { ...paperAutoencoder, epochs: 1000 },
  umap: defaultClusteringUmap,
  unitLength: false,
} as const satisfies N2dSettings;

/** N2D for machines without a GPU. */
export const defaultN2d = {
  autoencoder: defaultAutoencoder,
  umap: n2dPaper.umap,
  unitLength: true,
} as const satisfies N2dSettings;
