import type { Engine, Points } from '@shoal/core';
import type { SpanningOptions, SpanningSession } from '@shoal/core/engine-kit';
import { centerPoints } from '@shoal/core/model-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import { WebGpuSpanningSession } from './session.ts';

/**
 * A session on the engine's present device. Host points that lie far from 0 are moved next to 0 first. What the session learns
 * from call to call only saves time, so a new one needs nothing but the points.
 *
 * @throws like `WebGpuSpanningSession.create`
 */
export async function openSpanning(
  device: EngineDevice,
  engine: Pick<Engine, 'info'>,
  points: Points,
  options: SpanningOptions,
): Promise<SpanningSession> {
  device.assertAlive();
  const { points: moved } = await centerPoints(points, engine, { signal: options.signal });
  const recoverable = await Recoverable.open(device, {
    what: 'spanning',
    points,
    signal: options.signal,
    open: (context) => WebGpuSpanningSession.create(context, moved, options),
    restore: () => Promise.resolve(),
  });
  const { rows, columns } = recoverable.session;
  const calls = recoverable.forward('coreSquares', 'leastEdges', 'countWithin', 'joinWithin');
  return { rows, columns, ...calls };
}
