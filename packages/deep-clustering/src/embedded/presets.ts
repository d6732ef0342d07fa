import { defaultAutoencoder, paperAutoencoder } from '../autoencoder/presets.ts';
import type { EmbeddedClusteringSettings } from './settings.ts';

/**
 * DEC as published (Xie et al., ICML 2016), except that the whole network is trained at once, as in later code (Guo et
 * al., 2018).
 */
export const decPaper = {
  autoencoder: { ...paperAutoencoder, epochs: 500 },
  optimizer: 'momentum',
  learningRate: 0.01,
  batchSize: 256,
  updateInterval: 140,
  maxIterations: 20_000,
  tolerance: 1e-3,
} as const satisfies EmbeddedClusteringSettings;

/** IDEC as published (Guo, Gao, Liu & Yin, IJCAI 2017). */
export const idecPaper = {
  ...decPaper,
  gamma: 0.1,
  optimizer: 'adam',
  learningRate: 1e-3,
} as const satisfies EmbeddedClusteringSettings;

/** For machines without a GPU. */
export const defaultEmbeddedClustering = {
  autoencoder: defaultAutoencoder,
  gamma: 0.1,
  optimizer: 'adam',
  learningRate: 1e-3,
  batchSize: 256,
  updateInterval: 140,
  maxIterations: 1400,
  tolerance: 1e-3,
} as const satisfies EmbeddedClusteringSettings;
