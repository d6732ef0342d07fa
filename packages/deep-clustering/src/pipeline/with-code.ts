import { type Engine, type Matrix, type Points, type PointsLike } from '@shoal/core';
import { engineOrDefault } from '@shoal/core/model-kit';
import type { AutoencoderModel, AutoencoderPassOptions } from '../autoencoder/autoencoder-model.ts';

/** Calls a function with the code of points, and frees the code afterwards if it is on a device. */
export async function withCode<Result>(
  autoencoder: AutoencoderModel,
  points: PointsLike,
  { signal }: AutoencoderPassOptions,
  use: (code: Points) => Promise<Result>,
): Promise<Result> {
  const code = await autoencoder.encode(points, { signal });
  try {
    return await use(code);
  } finally {
    if (code.location === 'device') code.destroy();
  }
}

/**
 * The code of each of N x D points in host memory, N x codeColumns, for every backend.
 *
 * @param engine of the device that holds the codes, if they are on one; absent for the default one
 * @throws like `AutoencoderModel.encode`
 */
export function codeOnHost(
  autoencoder: AutoencoderModel,
  points: PointsLike,
  engine: Engine | undefined,
  options: AutoencoderPassOptions,
): Promise<Matrix> {
  return withCode(autoencoder, points, options, async (code) =>
    code.location === 'host' ? code : (await engineOrDefault(engine)).download(code),
  );
}
