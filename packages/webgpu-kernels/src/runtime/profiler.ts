import { UnsupportedError } from '@shoal/core';
import { wholeBuffer, type BufferScope } from './buffers.ts';
import type { DeviceContext, DispatchTimer } from './device.ts';
import type { DispatchWork } from './dispatch-work.ts';
import { Commands } from './dispatch.ts';
import { TIMESTAMPS } from './features.ts';
import { bufferUsage } from './gpu-constants.ts';

/** The most timestamps in a query set of WebGPU. */
const MAX_TIMESTAMPS = 4096;

const DOING = 'reading kernel times';

/** The time of a kernel on the device. */
export interface KernelTime {
  /** Its label and the format of the points: `assign-tiled:f32`. */
  readonly kernel: string;
  readonly dispatches: number;
  /** Time of all dispatches together. */
  readonly milliseconds: number;
  /** The least work of all dispatches together; undefined for kernels that do not count it. */
  readonly flops: number | undefined;
  readonly bytes: number | undefined;
}

/** A dispatch whose time is measured. */
interface Recorded {
  readonly kernel: string;
  readonly work: DispatchWork | undefined;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Measures the time of each dispatch by the device's own clock. */
export class Profiler implements DispatchTimer {
  readonly #context: DeviceContext;
  readonly #scope: BufferScope;
  readonly #queries: GPUQuerySet;
  readonly #dispatches: Recorded[] = [];

  /** @throws {UnsupportedError} when the device was opened without timestamps */
  constructor(context: DeviceContext) {
    if (!context.device.features.has(TIMESTAMPS)) {
      throw new UnsupportedError(
        `Kernels cannot be timed here: the device was opened without the feature ${TIMESTAMPS}.`,
      );
    }
    this.#context = context;
    this.#scope = context.createScope();
    this.#queries = context.device.createQuerySet({ type: 'timestamp', count: MAX_TIMESTAMPS });
  }

  /** It measures up to 2048 dispatches. */
  record(kernel: string, work: DispatchWork | undefined): GPUComputePassTimestampWrites | undefined {
    const at = 2 * this.#dispatches.length;
    if (at + 2 > MAX_TIMESTAMPS) return undefined;
    this.#dispatches.push({ kernel, work });
    return { querySet: this.#queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
  }

  /** @returns the recorded times by kernel, the longest first */
  async read(): Promise<KernelTime[]> {
    const count = this.#dispatches.length;
    if (count === 0) return [];
    const { device } = this.#context;
    const resolved = await this.#context.guard(DOING, () => {
      const buffer = this.#scope.raw(
        'timestamps',
        16 * count,
        bufferUsage.queryResolve | bufferUsage.copySource,
      );
      const encoder = device.createCommandEncoder({ label: DOING });
      encoder.resolveQuerySet(this.#queries, 0, 2 * count, buffer, 0);
      device.queue.submit([encoder.finish()]);
      return buffer;
    });
    const commands = new Commands(this.#context, DOING);
    const times = new BigUint64Array(await commands.read(this.#scope, wholeBuffer(resolved)));
    const totals = new Map<string, Omit<Mutable<KernelTime>, 'kernel'>>();
    this.#dispatches.forEach(({ kernel, work }, i) => {
      const none = { dispatches: 0, milliseconds: 0, flops: work && 0, bytes: work && 0 };
      const total = totals.get(kernel) ?? none;
      totals.set(kernel, total);
      total.dispatches++;
      if (work && total.flops !== undefined && total.bytes !== undefined) {
        total.flops += work.flops;
        total.bytes += work.bytes;
      }
      // If a driver resets its clock, an end may be before its start.
      total.milliseconds += Math.max(0, Number(times[2 * i + 1] - times[2 * i])) / 1e6;
    });
    return [...totals]
      .map(([kernel, total]) => ({ kernel, ...total }))
      .sort((a, b) => b.milliseconds - a.milliseconds);
  }

  destroy(): void {
    this.#queries.destroy();
    this.#scope.destroy();
  }
}
