import type { Points } from '@shoal/core';
import type { GaussianMixtureSession, GaussianMixtureSessionOptions } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import { WebGpuGaussianMixtureSession, type MixtureState } from './session.ts';

/**
 * A Gaussian mixture on the engine's present device. Its state is read back after each batch of iterations with the device's
 * bits: means, and covariances in pairs of floats.
 *
 * @throws like `WebGpuGaussianMixtureSession.create`
 */
export async function openGaussianMixture(
  device: EngineDevice,
  points: Points,
  options: GaussianMixtureSessionOptions,
): Promise<GaussianMixtureSession> {
  let kept: MixtureState | undefined;
  /** Whether labels and likelihoods belong to this state. */
  let evaluated = false;
  const recoverable = await Recoverable.open(device, {
    what: 'mixture',
    points,
    signal: options.signal,
    open: (context) => WebGpuGaussianMixtureSession.create(context, points, options),
    restore: async (session) => {
      if (kept) await session.writeState(kept);
      if (evaluated) await session.evaluate();
    },
  });
  /** A call that changes the parameters. */
  const change = <T>(call: (session: WebGpuGaussianMixtureSession) => Promise<T>): Promise<T> =>
    recoverable.run(async (session) => {
      const result = await call(session);
      if (recoverable.prepared) {
        kept = await session.readState();
        evaluated = false;
      }
      return result;
    });
  const { rows, columns, components, covarianceType } = recoverable.session;
  return {
    rows,
    columns,
    components,
    covarianceType,
    ...recoverable.forward(
      'readParameters',
      'readLabels',
      'labelsOnDevice',
      'readLogLikelihoods',
      'responsibilities',
    ),
    initialize: (source) => change((session) => session.initialize(source)),
    writeParameters: (parameters) => change((session) => session.writeParameters(parameters)),
    step: (count, tolerance) => change((session) => session.step(count, tolerance)),
    evaluate: () =>
      recoverable.run(async (session) => {
        const evaluation = await session.evaluate();
        evaluated = true;
        return evaluation;
      }),
  };
}
