import type { ClusterModel, Engine, Matrix } from '@shoal/core';
import type {
  AutoencoderModel,
  AutoencoderSettings,
  EncoderLayer,
  ImageSettings,
} from '@shoal/deep-clustering';
import { UsageError } from '../exit-codes.ts';
import { fitted, type FittedModel, type Training } from './method.ts';
import type { MethodOptions, OptionName } from './options.ts';

// The common parts of methods with an autoencoder. TensorFlow.js is loaded only when such a method is fitted or loaded.

/** Options of the network. */
export const NETWORK_OPTIONS = ['layers', 'epochs'] as const satisfies OptionName[];

/**
 * The autoencoder for the kind of the points.
 *
 * @throws {UsageError} when `--layers` has convolutions and the points are not images
 */
export async function autoencoderOf(
  { features, layers, epochs }: MethodOptions,
  points: Matrix,
  image: ImageSettings | undefined,
): Promise<AutoencoderSettings & { readonly layers: readonly EncoderLayer[] }> {
  if (image === undefined && layers?.some((layer) => typeof layer === 'object')) {
    throw new UsageError(
      '--layers with convolutions needs images, a dataset of them or IDX; these points are not images.',
    );
  }
  const { defaultAutoencoder, gradientAutoencoder } = await import('@shoal/deep-clustering');
  const preset = features === 'gradients' ? gradientAutoencoder : defaultAutoencoder;
  return {
    ...preset,
    layers: layers ?? preset.layers,
    image: layers && image,
    epochs: epochs ?? preset.epochs,
    ...(isInUnitInterval(points) ? {} : UNBOUNDED),
  };
}

/** A sigmoid, and the cross-entropy that needs one, cannot give values below 0 or above 1. */
const UNBOUNDED = { outputActivation: 'linear', loss: 'mse' } as const;

/** Whether all values are from 0 to 1, as those of pixels are. */
export function isInUnitInterval({ data, scale }: Matrix): boolean {
  for (const value of data) if (!(value * scale >= 0 && value * scale <= 1)) return false;
  return true;
}

/** A model with clusters in the code of an autoencoder. */
export function fittedInCode(
  model: ClusterModel & {
    readonly autoencoder: AutoencoderModel;
    readonly clustering: ClusterModel;
    destroy(): void;
  },
  points: Matrix,
  engine: Engine,
): FittedModel {
  const { autoencoder, clustering } = model;
  const codeOf = async (queries: Matrix, signal: AbortSignal): Promise<Matrix> => {
    const { codeOnHost } = await import('@shoal/deep-clustering');
    return codeOnHost(autoencoder, queries, engine, { signal });
  };
  return fitted(model, {
    clustering,
    autoencoder: trainingOf(autoencoder),
    space: {
      name: "the autoencoder's code",
      ofTraining: (signal) => codeOf(points, signal),
      of: codeOf,
    },
  });
}

/** How the network was trained. */
export function trainingOf(autoencoder: AutoencoderModel): Training {
  return { summary: autoencoder.summary(), ...autoencoder.history };
}
