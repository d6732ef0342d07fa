import type { ColumnMoments, MatrixProductSession, Points, SessionOptions } from '@shoal/core';
import { Destroyable } from '@shoal/core/engine-kit';
import type { EngineDevice } from '../../recovery/engine-device.ts';
import { WebGpuMatrixProductSession } from './session.ts';
import { Recoverable } from '../../recovery/recoverable.ts';

/** Matrix products on the engine's device, whichever that is: all they depend on besides the points is the shift. */
export class RecoverableMatrixProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;
  readonly #recoverable: Recoverable<WebGpuMatrixProductSession>;
  readonly #kept: { shift?: Float64Array };

  private constructor(recoverable: Recoverable<WebGpuMatrixProductSession>, kept: { shift?: Float64Array }) {
    super();
    ({ rows: this.rows, columns: this.columns } = recoverable.session);
    this.#recoverable = recoverable;
    this.#kept = kept;
  }

  /** Throws as `WebGpuMatrixProductSession.create` does. */
  static async open(
    device: EngineDevice,
    points: Points,
    options: SessionOptions,
  ): Promise<RecoverableMatrixProductSession> {
    const kept: { shift?: Float64Array } = {};
    const recoverable = await Recoverable.open(device, {
      what: 'product',
      points,
      signal: options.signal,
      open: (context) => WebGpuMatrixProductSession.create(context, points, options),
      restore: async (session) => {
        if (kept.shift) await session.writeShift(kept.shift);
      },
    });
    return new RecoverableMatrixProductSession(recoverable, kept);
  }

  columnMoments(): Promise<ColumnMoments> {
    return this.#recoverable.run((session) => session.columnMoments());
  }

  writeShift(shift: Float64Array): Promise<void> {
    return this.#recoverable.run(async (session) => {
      await session.writeShift(shift);
      this.#kept.shift = shift.slice();
    });
  }

  multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    return this.#recoverable.run((session) => session.multiply(right, width, start, count));
  }

  gram(right: Float64Array, width: number): Promise<Float64Array> {
    return this.#recoverable.run((session) => session.gram(right, width));
  }

  destroy(): void {
    this.#recoverable.destroy();
  }
}
