import type { Matrix, Neighbors, NeighborSearchOptions, NeighborSearchSession, Points } from '@shoal/core';
import { Destroyable } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { WebGpuNeighborSearchSession } from './session.ts';
import { Recoverable } from '../../recovery/recoverable.ts';

/** A search on the engine's device, whichever that is: all it depends on is the points. */
export class RecoverableNeighborSearchSession extends Destroyable implements NeighborSearchSession {
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;
  readonly #recoverable: Recoverable<WebGpuNeighborSearchSession>;

  private constructor(recoverable: Recoverable<WebGpuNeighborSearchSession>) {
    super();
    ({ rows: this.rows, columns: this.columns, neighbors: this.neighbors } = recoverable.session);
    this.#recoverable = recoverable;
  }

  /** Throws as `WebGpuNeighborSearchSession.create` does. */
  static async open(
    device: EngineDevice,
    points: Points,
    options: NeighborSearchOptions,
  ): Promise<RecoverableNeighborSearchSession> {
    const recoverable = await Recoverable.open(device, {
      what: 'neighbor search',
      points,
      signal: options.signal,
      open: (context) => WebGpuNeighborSearchSession.create(context, points, options),
      restore: () => Promise.resolve(),
    });
    return new RecoverableNeighborSearchSession(recoverable);
  }

  nearestToRows(start: number, count: number): Promise<Neighbors> {
    return this.#recoverable.run((session) => session.nearestToRows(start, count));
  }

  nearestTo(queries: Matrix): Promise<Neighbors> {
    return this.#recoverable.run((session) => session.nearestTo(queries));
  }

  destroy(): void {
    this.#recoverable.destroy();
  }
}
