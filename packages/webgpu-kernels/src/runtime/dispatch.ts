import type { BufferScope, BufferSlice } from './buffers.ts';
import type { DeviceContext } from './device.ts';
import type { DispatchWork } from './dispatch-work.ts';
import { mapModeRead } from './gpu-constants.ts';
import type { Grid } from './kernel.ts';
import type { BoundKernel } from './pipeline-cache.ts';

/** The most submits in flight: two keep the device busy while the next one is encoded. */
const MAX_IN_FLIGHT = 2;

/** The most dispatches in one submit: each takes at least about 10 to 50 microseconds. */
const MAX_DISPATCHES = 2000;

/** A kernel with bound buffers, its grid, and its cost in multiply-adds. */
export interface Dispatch {
  readonly bound: BoundKernel;
  readonly grid: Grid;
  readonly cost: number;
  /** For profiles; not every kernel counts its work. */
  readonly work?: DispatchWork | undefined;
}

/**
 * Records dispatches and submits them in order, in pieces of limited cost. It reads back only on request, and checks the
 * signal between submits.
 */
export class Commands {
  readonly #context: DeviceContext;
  readonly #signal: AbortSignal | undefined;
  readonly #doing: string;
  readonly #inFlight: Promise<unknown>[] = [];
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #cost = 0;

  /** @param doing the present activity, for error messages: "running k-means iterations" */
  constructor(context: DeviceContext, doing: string, signal?: AbortSignal) {
    this.#context = context;
    this.#doing = doing;
    this.#signal = signal;
  }

  /**
   * Records a dispatch. Before that, submits the recorded work if both together cost too much.
   *
   * @param cost approximate number of multiply-adds; 0 for small kernels
   * @param work operations and bytes, if they are counted
   */
  async dispatch(bound: BoundKernel, grid: Grid, cost = 0, work?: DispatchWork): Promise<void> {
    const { submitBudget } = this.#context;
    const { part } = bound;
    if (part?.present === false) {
      await this.submit();
      // From here to the submit below no other code runs, so the slot cannot be given to another part in between.
      part.load();
    }
    const share = Math.max(cost, submitBudget / MAX_DISPATCHES);
    if (part === undefined && this.#cost > 0 && this.#cost + share > submitBudget) await this.submit();
    this.#cost += share;
    const timestampWrites = this.#context.profiler?.record(bound.label, work);
    // Timestamps are written at the start and the end of a pass.
    if (timestampWrites) this.#endPass();
    this.#pass ??= this.#ensureEncoder().beginComputePass(timestampWrites && { timestampWrites });
    this.#pass.setPipeline(bound.pipeline);
    this.#pass.setBindGroup(0, bound.bindGroup);
    this.#pass.dispatchWorkgroups(grid[0], grid[1]);
    if (timestampWrites) this.#endPass();
    if (part) await this.submit();
  }

  /** Records dispatches in order, each as `dispatch` does. */
  async dispatchAll(...lists: readonly (readonly Dispatch[])[]): Promise<void> {
    for (const { bound, grid, cost, work } of lists.flat()) await this.dispatch(bound, grid, cost, work);
  }

  /** Records a copy between buffers. */
  copy(source: BufferSlice, target: GPUBuffer, targetOffset = 0): void {
    this.#endPass();
    this.#ensureEncoder().copyBufferToBuffer(source.buffer, source.offset, target, targetOffset, source.size);
  }

  /** Submits the recorded work; waits only when too many submits are in flight. */
  async submit(): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#endPass();
    const encoder = this.#encoder;
    if (encoder === undefined) return;
    this.#encoder = undefined;
    this.#cost = 0;
    const { queue } = this.#context.device;
    await this.#context.guard(this.#doing, () => {
      queue.submit([encoder.finish()]);
    });
    this.#inFlight.push(queue.onSubmittedWorkDone());
    if (this.#inFlight.length > MAX_IN_FLIGHT) {
      await this.#context.settle(this.#doing, this.#inFlight.shift()!);
      this.#signal?.throwIfAborted();
    }
  }

  /** Submits the rest and waits until the device has completed everything. */
  async finish(): Promise<void> {
    await this.submit();
    await this.#context.settle(this.#doing, Promise.all(this.#inFlight.splice(0)));
    this.#signal?.throwIfAborted();
  }

  /** Submits the recorded work, then copies a range of a buffer to the host. */
  async read(scope: BufferScope, source: BufferSlice): Promise<ArrayBuffer> {
    const [bytes] = await this.readAll(scope, [source]);
    return bytes;
  }

  /** The same for several ranges together, with only one wait. */
  async readAll(scope: BufferScope, sources: readonly BufferSlice[]): Promise<ArrayBuffer[]> {
    const total = sources.reduce((sum, { size }) => sum + size, 0);
    const staging = await this.#context.guard(this.#doing, () => scope.staging('readback', total));
    try {
      let offset = 0;
      for (const source of sources) {
        this.copy(source, staging, offset);
        offset += source.size;
      }
      await this.submit();
      await this.#context.settle(this.#doing, staging.mapAsync(mapModeRead, 0, total));
      this.#inFlight.length = 0;
      this.#signal?.throwIfAborted();
      let end = 0;
      const mapped = staging.getMappedRange(0, total);
      return sources.map(({ size }) => mapped.slice(end, (end += size)));
    } finally {
      scope.release(staging);
    }
  }

  #ensureEncoder(): GPUCommandEncoder {
    this.#encoder ??= this.#context.device.createCommandEncoder({ label: this.#doing });
    return this.#encoder;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }
}
