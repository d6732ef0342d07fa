import { defaultAutoencoder } from '../autoencoder/presets.ts';
import type { EmbeddedClusteringSettings } from './settings.ts';

/** The network of DEC and IDEC, trained whole rather than layer by layer, as in the authors' later code (Guo et al., 2018). */
const paperAutoencoder = {
  layers: [500, 500, 2000, 10],
  codeActivation: 'linear',
  hiddenActivation: 'relu',
  outputActivation: 'linear',
  loss: 'mse',
  noise: 0,
  epochs: 500,
  batchSize: 256,
  learningRate: 1e-3,
} as const;

/** DEC as published (Xie et al., ICML 2016). */
export const decPaper = {
  autoencoder: paperAutoencoder,
  optimizer: 'momentum',
  learningRate: 0.01,
  batchSize: 256,
  updateInterval: 140,
  maxSteps: 20_000,
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
  maxSteps: 1400,
  tolerance: 1e-3,
} as const satisfies EmbeddedClusteringSettings;
