import type { GraphLayoutOptions, GraphLayoutSession, SparseGraph } from '@shoal/core';
import { Destroyable } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { WebGpuGraphLayoutSession } from './session.ts';
import { Recoverable } from '../../recovery/recoverable.ts';

/** What a layout is restored from: where its vertices were when they were read last, and the steps done by now. */
interface LayoutState {
  positions: Float32Array;
  /** Steps after which the vertices were there. */
  read: number;
  completed: number;
}

/**
 * A layout on the engine's device, whichever that is. Positions are kept on the host as they are read back; steps after
 * that run again, which gives the same bits.
 */
export class RecoverableGraphLayoutSession extends Destroyable implements GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;
  readonly #recoverable: Recoverable<WebGpuGraphLayoutSession>;
  readonly #state: LayoutState;

  private constructor(recoverable: Recoverable<WebGpuGraphLayoutSession>, state: LayoutState) {
    super();
    ({ vertices: this.vertices, dimensions: this.dimensions } = recoverable.session);
    this.#recoverable = recoverable;
    this.#state = state;
  }

  /** Throws as `WebGpuGraphLayoutSession.create` does. */
  static async open(
    device: EngineDevice,
    graph: SparseGraph,
    positions: Float32Array,
    options: GraphLayoutOptions,
  ): Promise<RecoverableGraphLayoutSession> {
    const state: LayoutState = { positions: positions.slice(), read: 0, completed: 0 };
    const recoverable = await Recoverable.open(device, {
      what: 'layout',
      signal: options.signal,
      open: (context) =>
        WebGpuGraphLayoutSession.create(context, graph, state.positions, options, state.read),
      restore: (session) => session.step(state.completed - state.read),
    });
    return new RecoverableGraphLayoutSession(recoverable, state);
  }

  get completed(): number {
    return this.#state.completed;
  }

  step(count: number): Promise<void> {
    return this.#recoverable.run(async (session) => {
      await session.step(count);
      this.#state.completed = session.completed;
    });
  }

  readPositions(): Promise<Float32Array> {
    return this.#recoverable.run(async (session) => {
      const { completed } = session;
      const positions = await session.readPositions();
      if (this.#recoverable.prepared) {
        this.#state.positions = positions.slice();
        this.#state.read = completed;
      }
      return positions;
    });
  }

  destroy(): void {
    this.#recoverable.destroy();
  }
}
