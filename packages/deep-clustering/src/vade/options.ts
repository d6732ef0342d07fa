import { InvalidArgumentError, type Engine } from '@shoal/core';
import { requirePositive, requireWholeNumber } from '@shoal/core/model-kit';
import { resolveSettings } from '../autoencoder/options.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { defaultVade } from './presets.ts';
import type { VadeSettings } from './settings.ts';

/** Settings of `Vade`. */
export interface VadeOptions extends VadeSettings {
  /** Clusters, K. */
  readonly clusters: number;
  /** Number of starts of the mixture that training starts from; default 5. */
  readonly nInit?: number | undefined;
  /** Seed of all parts, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The backend that computes the network; do not destroy it before the models. */
  readonly backend: TensorBackend;
  /**
   * The engine that clusters; on a WebGPU backend, the WebGPU engine of the same device. Default the one that
   * `defaultEngine` opens.
   */
  readonly engine?: Engine | undefined;
}

/** Settings with every default filled in. */
export interface ResolvedVadeSettings {
  readonly clusters: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly decay: number;
  readonly decayEpochs: number;
  readonly leastLearningRate: number;
}

/** @throws {InvalidArgumentError} naming the setting that is out of its range */
export function resolveVade(options: VadeOptions): ResolvedVadeSettings {
  const { autoencoder } = options;
  if (autoencoder && resolveSettings(autoencoder).codeActivation !== 'linear') {
    throw new InvalidArgumentError(
      `The codes of VaDE are drawn from Gaussians, so codeActivation must be linear; got ${String(autoencoder.codeActivation)}.`,
    );
  }
  const decay = requirePositive('decay', options.decay ?? defaultVade.decay);
  if (decay > 1) throw new InvalidArgumentError(`decay must be at most 1; got ${decay}.`);
  return {
    clusters: requireWholeNumber('clusters', options.clusters, 1),
    epochs: requireWholeNumber('epochs', options.epochs ?? defaultVade.epochs, 1),
    batchSize: requireWholeNumber('batchSize', options.batchSize ?? defaultVade.batchSize, 1),
    learningRate: requirePositive('learningRate', options.learningRate ?? defaultVade.learningRate),
    decay,
    decayEpochs: requireWholeNumber('decayEpochs', options.decayEpochs ?? defaultVade.decayEpochs, 1),
    leastLearningRate: requirePositive(
      'leastLearningRate',
      options.leastLearningRate ?? defaultVade.leastLearningRate,
    ),
  };
}
