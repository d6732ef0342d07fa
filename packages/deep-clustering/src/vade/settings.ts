import type { AutoencoderSettings } from '../autoencoder/options.ts';

/** How VaDE is trained, apart from chance and place: plain data. */
export interface VadeSettings {
  /** The autoencoder trained first, with a linear code; default that of `defaultVade`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** Passes over the points after that, at least 1. */
  readonly epochs?: number | undefined;
  /** Points of a step, at least 1. */
  readonly batchSize?: number | undefined;
  /** Of Adam in the first epochs, above 0. */
  readonly learningRate?: number | undefined;
  /** What the learning rate is multiplied by every `decayEpochs`, above 0 and at most 1. */
  readonly decay?: number | undefined;
  readonly decayEpochs?: number | undefined;
  /** It does not fall below this. */
  readonly leastLearningRate?: number | undefined;
}
