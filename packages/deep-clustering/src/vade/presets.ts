import { defaultAutoencoder, paperAutoencoder } from '../autoencoder/presets.ts';
import type { VadeSettings } from './settings.ts';

/** VaDE as published, with the settings of its images of digits (Jiang et al., IJCAI 2017, and the authors' code). */
export const vadePaper = {
  autoencoder: {
    ...paperAutoencoder,
    outputActivation: 'sigmoid',
    loss: 'binary-crossentropy',
    epochs: 50,
  },
  epochs: 3000,
  batchSize: 100,
  learningRate: 2e-3,
  decay: 0.9,
  decayEpochs: 10,
  leastLearningRate: 2e-4,
} as const satisfies VadeSettings;

/** For machines without a GPU. */
export const defaultVade = {
  autoencoder: { ...defaultAutoencoder, layers: [128, 64, 10] },
  epochs: 10,
  batchSize: 256,
  learningRate: 1e-3,
  decay: 0.9,
  decayEpochs: 10,
  leastLearningRate: 1e-4,
} as const satisfies VadeSettings;
