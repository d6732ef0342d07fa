import type { Engine } from '../engine/engine.ts';
import type { GaussianMixtureSession } from '../engine/mixture/session.ts';
import type { FitState } from '../fit-options.ts';
import { labelsOnDevice } from '../labels-on-device.ts';

/** Reads of labels after an iteration, whose E-step was before its parameters changed: another one comes first. */
export function evaluatedLabels(
  session: GaussianMixtureSession,
  engine: Engine,
): Pick<FitState, 'readLabels' | 'labelsOnDevice'> {
  return {
    async readLabels() {
      await session.evaluate();
      return session.readLabels();
    },
    async labelsOnDevice() {
      await session.evaluate();
      return labelsOnDevice(session, engine);
    },
  };
}
