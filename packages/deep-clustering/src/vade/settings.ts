import type { AutoencoderSettings } from '../autoencoder/options.ts';

/** How VaDE is trained, without seed and backend: plain data. */
export interface VadeSettings {
  /** The autoencoder trained first, with a linear code; default that of `defaultVade`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** Number of passes over the points after that, at least 1. */
  readonly epochs?: number | undefined;
  /** Number of points of a step, at least 1. */
  readonly batchSize?: number | undefined;
  /** Learning rate of Adam in the first epochs, above 0. */
  readonly learningRate?: number | undefined;
  /** Factor of the learning rate every `decayEpochs`, above 0 and at most 1. */
  readonly decay?: number | undefined;
  readonly decayEpochs?: number | undefined;
  /** The learning rate does not fall below this. */
  readonly leastLearningRate?: number | undefined;
}
