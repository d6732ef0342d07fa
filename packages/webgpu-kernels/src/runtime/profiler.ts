import { UnsupportedError } from '@shoal/core';
import type { BufferScope } from './buffers.ts';
import type { DeviceContext, DispatchTimer } from './device.ts';
import { bufferUsage, mapModeRead } from './gpu-constants.ts';

/** The optional feature that profiling takes. */
export const TIMESTAMPS = 'timestamp-query';

/** Timestamps in a query set at most, as WebGPU has it. */
const MOST_TIMESTAMPS = 4096;

/** What a kernel took on the device. */
export interface KernelTime {
  /** Its file's stem and the format of the points: `assign-tiled:f32`. */
  readonly kernel: string;
  readonly dispatches: number;
  /** All dispatches together. */
  readonly milliseconds: number;
}

/** Takes the time of each dispatch by the device's own clock. */
export class Profiler implements DispatchTimer {
  readonly #context: DeviceContext;
  readonly #scope: BufferScope;
  readonly #queries: GPUQuerySet;
  readonly #kernels: string[] = [];

  /** @throws {UnsupportedError} when the device has no timestamps */
  constructor(context: DeviceContext) {
    if (!context.device.features.has(TIMESTAMPS)) {
      throw new UnsupportedError(
        `Kernels cannot be timed here: the device was opened without the feature ${TIMESTAMPS}.`,
      );
    }
    this.#context = context;
    this.#scope = context.createScope();
    this.#queries = context.device.createQuerySet({ type: 'timestamp', count: MOST_TIMESTAMPS });
  }

  /** Takes 2048 of them. */
  record(kernel: string): GPUComputePassTimestampWrites | undefined {
    const at = 2 * this.#kernels.length;
    if (at + 2 > MOST_TIMESTAMPS) return undefined;
    this.#kernels.push(kernel);
    return { querySet: this.#queries, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
  }

  /** @returns what was recorded, by kernel, the longest first */
  async read(): Promise<KernelTime[]> {
    const count = this.#kernels.length;
    if (count === 0) return [];
    const { device } = this.#context;
    const size = 16 * count;
    const staging = await this.#context.guard('reading kernel times', () => {
      const resolved = this.#scope.raw('timestamps', size, bufferUsage.queryResolve | bufferUsage.copySource);
      const host = this.#scope.staging('timestamps', size);
      const encoder = device.createCommandEncoder({ label: 'reading kernel times' });
      encoder.resolveQuerySet(this.#queries, 0, 2 * count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, host, 0, size);
      device.queue.submit([encoder.finish()]);
      return host;
    });
    await this.#context.settle('reading kernel times', staging.mapAsync(mapModeRead, 0, size));
    const times = new BigUint64Array(staging.getMappedRange(0, size).slice(0));
    const totals = new Map<string, { dispatches: number; milliseconds: number }>();
    this.#kernels.forEach((kernel, i) => {
      const total = totals.get(kernel) ?? { dispatches: 0, milliseconds: 0 };
      totals.set(kernel, total);
      total.dispatches++;
      // A driver that resets its clock may have an end before its beginning.
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
