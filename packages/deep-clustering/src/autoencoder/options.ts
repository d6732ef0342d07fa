import { InvalidArgumentError } from '@shoal/core';
import { requireNonNegative, requireOneOf, requireWholeNumber } from '@shoal/core/model-kit';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import {
  HIDDEN_ACTIVATIONS,
  OUTPUT_ACTIVATIONS,
  type HiddenActivation,
  type OutputActivation,
} from '../layers/activations.ts';
import {
  resolveImage,
  resolveLayers,
  type EncoderLayer,
  type ImageSettings,
} from '../layers/layer-settings.ts';
import type { NetworkSettings } from '../layers/network-shape.ts';

const RECONSTRUCTION_LOSSES = ['mse', 'binary-crossentropy'] as const;

/** How a reconstruction is compared with its original: the mean over all values of a batch. */
export type ReconstructionLoss = (typeof RECONSTRUCTION_LOSSES)[number];

/** How an autoencoder is built and trained, without seed and backend: plain data. */
export interface AutoencoderSettings {
  /**
   * The encoder's layers: convolutions, if any, then widths of dense layers; the last one is the width of the code. The
   * decoder mirrors them and the input's width comes from the data. Default [128, 64, 32].
   */
  readonly layers?: readonly EncoderLayer[] | undefined;
  /** The shape of the images in the rows, for convolutions. */
  readonly image?: ImageSettings | undefined;
  /** Default `'linear'`. */
  readonly codeActivation?: HiddenActivation | undefined;
  /** Default `'relu'`. */
  readonly hiddenActivation?: HiddenActivation | undefined;
  /** Default `'sigmoid'`, which needs data in [0, 1]. */
  readonly outputActivation?: OutputActivation | undefined;
  /** Default `'mse'`; `'binary-crossentropy'` needs a sigmoid output. */
  readonly loss?: ReconstructionLoss | undefined;
  /**
   * Standard deviation of Gaussian noise that is added to the inputs in training, but not to the originals they are
   * compared with (a denoising autoencoder: Vincent et al., ICML 2008); >= 0, default 0.
   */
  readonly noise?: number | undefined;
  /** Passes over the points, >= 1; default 10. */
  readonly epochs?: number | undefined;
  /** Points per step of the optimizer, >= 1; default 256. */
  readonly batchSize?: number | undefined;
  /** Step size of Adam (Kingma & Ba, ICLR 2015; beta 0.9 and 0.999, epsilon 1e-7), > 0; default 1e-3. */
  readonly learningRate?: number | undefined;
  /**
   * Stop after this many epochs in a row without a lower validation loss, and return to the weights with the lowest
   * one; >= 1. Default: train all epochs and keep the last weights.
   */
  readonly patience?: number | undefined;
}

/** Settings of `Autoencoder`. */
export interface AutoencoderOptions extends AutoencoderSettings {
  /** Seed of initial weights, order of the points and noise, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The backend that computes; do not destroy it before the models trained on it. */
  readonly backend: TensorBackend;
}

/** Settings with every default filled in. */
export interface ResolvedSettings extends NetworkSettings {
  readonly loss: ReconstructionLoss;
  readonly noise: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly patience: number | undefined;
}

/** @throws {InvalidArgumentError} naming the setting that is out of its range, or the two that contradict each other */
export function resolveSettings(settings: AutoencoderSettings): ResolvedSettings {
  const layers = resolveLayers(settings.layers ?? [128, 64, 32]);
  const resolved: ResolvedSettings = {
    layers,
    image: resolveImage(settings.image, layers),
    codeActivation: settings.codeActivation ?? 'linear',
    hiddenActivation: settings.hiddenActivation ?? 'relu',
    outputActivation: settings.outputActivation ?? 'sigmoid',
    loss: settings.loss ?? 'mse',
    noise: settings.noise ?? 0,
    epochs: settings.epochs ?? 10,
    batchSize: settings.batchSize ?? 256,
    learningRate: settings.learningRate ?? 1e-3,
    patience: settings.patience,
  };
  const { loss, noise, outputActivation, learningRate, patience } = resolved;
  requireOneOf('codeActivation', resolved.codeActivation, HIDDEN_ACTIVATIONS);
  requireOneOf('hiddenActivation', resolved.hiddenActivation, HIDDEN_ACTIVATIONS);
  requireOneOf('outputActivation', outputActivation, OUTPUT_ACTIVATIONS);
  requireOneOf('loss', loss, RECONSTRUCTION_LOSSES);
  requireWholeNumber('epochs', resolved.epochs, 1);
  requireWholeNumber('batchSize', resolved.batchSize, 1);
  if (patience !== undefined) requireWholeNumber('patience', patience, 1);
  requireNonNegative('noise', noise);
  if (!Number.isFinite(learningRate) || learningRate <= 0) {
    throw new InvalidArgumentError(`learningRate must be a finite number above 0; got ${learningRate}.`);
  }
  if (loss === 'binary-crossentropy' && outputActivation !== 'sigmoid') {
    throw new InvalidArgumentError(
      `The loss binary-crossentropy compares probabilities, so it needs the output activation sigmoid; got ${outputActivation}.`,
    );
  }
  return resolved;
}
