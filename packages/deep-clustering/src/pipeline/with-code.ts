import type { Engine, Matrix, Points } from '@shoal/core';
import type { AutoencoderModel, AutoencoderPassOptions } from '../autoencoder/autoencoder-model.ts';

/** Does something with the code of points, wherever it is made, and frees it if that is on a device. */
export async function withCode<Result>(
  autoencoder: AutoencoderModel,
  points: Points,
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
 * The code of each of N x D points in host memory, N x codeColumns, wherever the network computes.
 *
 * @param engine of the device that codes are made on, where they are made on one
 * @throws like `AutoencoderModel.encode`
 */
export function codeOnHost(
  autoencoder: AutoencoderModel,
  points: Points,
  engine: Engine,
  options: AutoencoderPassOptions,
): Promise<Matrix> {
  return withCode(autoencoder, points, options, async (code) =>
    code.location === 'host' ? code : engine.download(code),
  );
}
