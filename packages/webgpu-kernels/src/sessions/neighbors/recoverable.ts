import type { Points } from '@shoal/core';
import type { NeighborSearchOptions, NeighborSearchSession } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import { WebGpuNeighborSearchSession } from './session.ts';

/**
 * A search on the engine's present device. It depends only on the points.
 *
 * @throws like `WebGpuNeighborSearchSession.create`
 */
export async function openNeighborSearch(
  device: EngineDevice,
  points: Points,
  options: NeighborSearchOptions,
): Promise<NeighborSearchSession> {
  const recoverable = await Recoverable.open(device, {
    what: 'neighbor search',
    points,
    signal: options.signal,
    open: (context) => WebGpuNeighborSearchSession.create(context, points, options),
    restore: () => Promise.resolve(),
  });
  const { rows, columns, neighbors } = recoverable.session;
  return { rows, columns, neighbors, ...recoverable.forward('nearestToRows', 'nearestTo') };
}
