import type { Engine } from './engine/engine.ts';
import type { GaussianMixtureSession } from './engine/mixture/session.ts';
import type { KMeansSession } from './engine/kmeans/session.ts';
import { UnsupportedError } from './errors.ts';
import type { DeviceLabels } from './matrix.ts';

/** @throws {UnsupportedError} when the engine has no device */
export function labelsOnDevice(
  session: Pick<KMeansSession | GaussianMixtureSession, 'labelsOnDevice'>,
  engine: Engine,
): Promise<DeviceLabels> {
  if (session.labelsOnDevice === undefined) {
    throw new UnsupportedError(
      `The ${engine.name} engine has no device that labels could stay on; read them with readLabels().`,
    );
  }
  return session.labelsOnDevice();
}
