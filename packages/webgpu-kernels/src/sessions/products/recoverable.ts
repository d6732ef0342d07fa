import type { Points } from '@shoal/core';
import type { MatrixProductSession, SessionOptions } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import { WebGpuMatrixProductSession } from './session.ts';

/**
 * Matrix products on the engine's present device. They depend only on the points and the shift.
 *
 * @throws like `WebGpuMatrixProductSession.create`
 */
export async function openMatrixProducts(
  device: EngineDevice,
  points: Points,
  options: SessionOptions,
): Promise<MatrixProductSession> {
  let kept: Float64Array | undefined;
  const recoverable = await Recoverable.open(device, {
    what: 'product',
    points,
    signal: options.signal,
    open: (context) => WebGpuMatrixProductSession.create(context, points, options),
    restore: async (session) => {
      if (kept) await session.writeShift(kept);
    },
  });
  const { rows, columns } = recoverable.session;
  return {
    rows,
    columns,
    ...recoverable.forward('columnMoments', 'multiply', 'gram'),
    writeShift: (shift) =>
      recoverable.run(async (session) => {
        await session.writeShift(shift);
        kept = shift.slice();
      }),
  };
}
