import type { SparseGraph } from '@shoal/core';
import type { GraphLayoutOptions, GraphLayoutSession } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { Recoverable } from '../../recovery/recoverable.ts';
import { WebGpuGraphLayoutSession } from './session.ts';

/**
 * A layout on the engine's present device. Positions are kept on the host when they are read back; a recovery runs the steps
 * after that again, which gives the same bits.
 *
 * @throws like `WebGpuGraphLayoutSession.create`
 */
export async function openGraphLayout(
  device: EngineDevice,
  graph: SparseGraph,
  positions: Float32Array,
  options: GraphLayoutOptions,
): Promise<GraphLayoutSession> {
  /** The positions at the last readback, the number of steps before it, and the number of steps by now. */
  const kept = { positions: positions.slice(), read: 0, completed: 0 };
  const recoverable = await Recoverable.open(device, {
    what: 'layout',
    signal: options.signal,
    open: (context) => WebGpuGraphLayoutSession.create(context, graph, kept.positions, options, kept.read),
    restore: (session) => session.step(kept.completed - kept.read),
  });
  const { vertices, dimensions } = recoverable.session;
  return {
    vertices,
    dimensions,
    ...recoverable.forward(),
    get completed() {
      return kept.completed;
    },
    step: (count) =>
      recoverable.run(async (session) => {
        await session.step(count);
        kept.completed = session.completed;
      }),
    readPositions: () =>
      recoverable.run(async (session) => {
        const { completed } = session;
        const places = await session.readPositions();
        if (recoverable.prepared) {
          kept.positions = places.slice();
          kept.read = completed;
        }
        return places;
      }),
  };
}
