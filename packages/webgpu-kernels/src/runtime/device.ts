import { DeviceError, StateError } from '@shoal/core';
import type { DispatchWork } from './dispatch-work.ts';
import { BufferLedger, BufferScope } from './buffers.ts';
import { lostError, rejectionError, scopeError } from './errors.ts';
import { PipelineCache } from './pipeline-cache.ts';

/** What ends with a device. */
interface Dependent {
  destroy(): void;
}

/** Takes the time of dispatches. */
export interface DispatchTimer {
  /**
   * Where a pass with one dispatch of the kernel is to write its times; undefined when no more are taken.
   *
   * @param work what the dispatch does, where that is counted
   */
  record(kernel: string, work: DispatchWork | undefined): GPUComputePassTimestampWrites | undefined;
}

/**
 * Multiply-adds to put into one submit. At about 1 GFLOP/s in software and 100 GFLOP/s on the slowest
 * hardware worth using, either is about 0.1 to 0.2 s: short enough to abort in and for drivers' watchdogs.
 */
const SUBMIT_BUDGETS = { software: 1e8, hardware: 1e10 } as const;

/** Error scopes in the order they are pushed. */
const scopes = ['internal', 'validation', 'out-of-memory'] as const;

/** How work is done on a device. */
interface DeviceContextOptions {
  /** True when a GPU is emulated on the CPU; work is then cut into smaller submits. */
  readonly software: boolean;
  /** Multiply-adds one submit should hold; dispatches that would cost more are split. Default: by `software`. */
  readonly submitBudget?: number | undefined;
  /** Bytes of a session's points that may stay on the device; more are copied there pass by pass. Default: all. */
  readonly residentBytes?: number | undefined;
  /** What the device is; an adapter says more about it than the device itself. */
  readonly adapterInfo?: GPUAdapterInfo | undefined;
  /** The context of a lost device whose place this one takes. */
  readonly predecessor?: DeviceContext | undefined;
}

/**
 * A device and all that is shared on it: compiled kernels, the count of live buffers, and whether the
 * device still works. It takes a `GPUDevice` and never looks for a global one.
 */
export class DeviceContext {
  readonly device: GPUDevice;
  // See `DeviceContextOptions`.
  readonly software: boolean;
  readonly submitBudget: number;
  readonly residentBytes: number;
  readonly adapterInfo: GPUAdapterInfo;
  /** Times every dispatch while it is there. */
  profiler: DispatchTimer | undefined;
  readonly ledger: BufferLedger;
  readonly pipelines: PipelineCache;
  readonly #dependents: Set<Dependent>;
  #lost: string | undefined;
  #destroyed = false;

  constructor(device: GPUDevice, options: DeviceContextOptions) {
    const { software, submitBudget, residentBytes = Infinity, adapterInfo, predecessor } = options;
    this.device = device;
    this.ledger = predecessor?.ledger ?? new BufferLedger();
    this.#dependents = predecessor ? predecessor.#dependents : new Set();
    this.software = software;
    this.submitBudget = submitBudget ?? (software ? SUBMIT_BUDGETS.software : SUBMIT_BUDGETS.hardware);
    this.residentBytes = residentBytes;
    this.adapterInfo = adapterInfo ?? device.adapterInfo;
    this.pipelines = new PipelineCache(device);
    void device.lost.then((info) => {
      this.#lost = `${info.reason}: ${info.message}`;
    });
  }

  /**
   * The context of the device that takes this one's place when it is lost: buffers of both are counted together, and
   * what has adopted either goes with both.
   */
  successor(device: GPUDevice): DeviceContext {
    const { software, submitBudget, residentBytes, adapterInfo } = this;
    return new DeviceContext(device, {
      software,
      submitBudget,
      residentBytes,
      adapterInfo,
      predecessor: this,
    });
  }

  /** Why the device was lost; undefined while it works. */
  get lost(): string | undefined {
    return this.#lost;
  }

  /** Buffers for one session, counted in `ledger`. */
  createScope(): BufferScope {
    return new BufferScope(this.device, this.ledger);
  }

  /**
   * @param doing for the message, for example "uploading points"
   * @throws {StateError} after `destroy()`
   * @throws {DeviceError} when the device is lost
   */
  assertUsable(doing: string): void {
    if (this.#destroyed)
      throw new StateError(`The WebGPU engine was destroyed while ${doing}; create a new one.`);
    if (this.#lost !== undefined) throw lostError(doing, this.#lost);
  }

  /**
   * Runs WebGPU calls and reports what went wrong in them: wrap every creation and every submit.
   *
   * @param doing for the message, for example "allocating centroids"
   * @throws {DeviceError} out of memory, a refused command, or a lost device
   */
  async guard<T>(doing: string, action: () => T): Promise<T> {
    this.assertUsable(doing);
    for (const scope of scopes) this.device.pushErrorScope(scope);
    let result: T;
    const caught: Promise<GPUError | null>[] = [];
    try {
      result = action();
    } finally {
      for (let i = 0; i < scopes.length; i++) caught.unshift(this.device.popErrorScope());
    }
    const errors = await this.settle(doing, Promise.all(caught));
    // The innermost scope first: running out of memory also makes later commands invalid.
    for (let i = scopes.length - 1; i >= 0; i--) {
      const error = errors[i];
      if (error) throw scopeError(scopes[i], doing, error);
    }
    return result;
  }

  /** Awaits a WebGPU promise; its rejection, or the loss of the device, becomes a typed error. */
  async settle<T>(doing: string, promise: Promise<T>): Promise<T> {
    try {
      const value = await promise;
      this.assertUsable(doing);
      return value;
    } catch (error) {
      // `lost` may resolve just after the promises that fail because of it, or in a task of its own.
      await Promise.race([this.device.lost, new Promise((resolve) => setTimeout(resolve))]);
      this.assertUsable(doing);
      if (error instanceof DeviceError) throw error;
      throw rejectionError(doing, error);
    }
  }

  /** Has `dependent` destroyed with the device. */
  adopt(dependent: Dependent): void {
    this.#dependents.add(dependent);
  }

  /** Undoes `adopt`. */
  disown(dependent: Dependent): void {
    this.#dependents.delete(dependent);
  }

  /** Destroys the sessions that are alive, and the device when `ownsDevice`. */
  destroy(ownsDevice: boolean): void {
    if (this.#destroyed) return;
    for (const dependent of [...this.#dependents]) dependent.destroy();
    this.#destroyed = true;
    if (ownsDevice) this.device.destroy();
  }
}
