import type { GaussianMixtureOptions, HdbscanOptions, KMeansOptions } from '@shoal/core';
import type { UmapOptions } from '../umap/types.ts';

/** UMAP for clustering, not for display: dense heaps in ten dimensions, as in N2D (McConville et al., 2020). */
export const defaultClusteringUmap = {
  dimensions: 10,
  neighbors: 20,
  minDist: 0,
} as const satisfies UmapOptions;

/** A Gaussian mixture of an embedding. */
export const defaultEmbeddingMixture = {
  covarianceType: 'full',
  nInit: 5,
} as const satisfies Partial<GaussianMixtureOptions>;

/** k-means of an embedding. */
export const defaultEmbeddingKMeans = {
  nInit: 10,
} as const satisfies Partial<KMeansOptions>;

/** HDBSCAN of an embedding, whose dense heaps have many small places that are denser still. */
export const defaultEmbeddingHdbscan = {
  minClusterSize: 0.01,
  minSamples: 10,
} as const satisfies HdbscanOptions;
