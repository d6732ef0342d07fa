import type { Engine, Matrix, Points } from '@shoal/core';
import type { AutoencoderModel } from '../autoencoder/autoencoder-model.ts';

/** The code of each point in host memory, wherever the network computes. */
export async function codeOnHost(
  autoencoder: AutoencoderModel,
  points: Points,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const code = await autoencoder.encode(points, { signal });
  if (code.location === 'host') return code;
  try {
    return await engine.download(code);
  } finally {
    code.destroy();
  }
}
