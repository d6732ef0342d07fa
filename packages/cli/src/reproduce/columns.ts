import type { GaussianMixtureOptions, KMeansOptions } from '@shoal/core';
import {
  defaultAutoencoder,
  defaultCodeKMeans,
  defaultCodeMixture,
  reportAutoencoder,
  type AutoencoderSettings,
} from '@shoal/deep-clustering';
import { CLUSTERS } from './study-figures.ts';

/** The two columns `reproduce` shows beside the report's figures; names are stable API. */
export const COLUMN_NAMES = ['report', 'default'] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

export const COLUMN_TITLES: Readonly<Record<ColumnName, string>> = {
  report: "the study's settings",
  default: "Shoal's defaults",
};

/** How one column clusters: everything but the seed, the engine and the data. */
export interface Column {
  readonly pixels: Omit<KMeansOptions, 'seed' | 'engine'>;
  readonly autoencoder: AutoencoderSettings;
  readonly codeKMeans: Omit<KMeansOptions, 'seed' | 'engine'>;
  readonly codeMixture: Omit<GaussianMixtureOptions, 'seed' | 'engine'>;
}

/** Fixed once for all data and seeds: no run looks at a label. How Shoal's were found is in docs/decisions/0033. */
export const COLUMNS: Readonly<Record<ColumnName, Column>> = {
  // scikit-learn's k-means and mixture, Keras' autoencoder, on pixels / 255 and on the raw code.
  report: {
    pixels: { clusters: CLUSTERS, nInit: 1 },
    autoencoder: reportAutoencoder,
    codeKMeans: { clusters: CLUSTERS, nInit: 10 },
    codeMixture: { clusters: CLUSTERS, covarianceType: 'full', regCovar: 1e-6 },
  },
  // Directions carry the garment's kind, lengths its brightness: rows and codes are scaled to unit length.
  default: {
    pixels: { clusters: CLUSTERS, metric: 'cosine', nInit: 3 },
    autoencoder: defaultAutoencoder,
    codeKMeans: { clusters: CLUSTERS, ...defaultCodeKMeans },
    codeMixture: { clusters: CLUSTERS, ...defaultCodeMixture },
  },
};
