import { DeviceError, StateError } from '@shoal/core';
import type { DispatchWork } from './dispatch-work.ts';
import { BufferLedger, BufferScope } from './buffers.ts';
import { lostError, rejectionError, scopeError } from './errors.ts';
import { PipelineCache } from './pipeline-cache.ts';

/** Something that is destroyed with a device. */
interface Dependent {
  destroy(): void;
}

/** Measures the time of dispatches. */
export interface DispatchTimer {
  /**
   * Where a pass with one dispatch of the kernel writes its timestamps; undefined when there is no more room.
   *
   * @param work operations and bytes of the dispatch, if they are counted
   */
  record(kernel: string, work: DispatchWork | undefined): GPUComputePassTimestampWrites | undefined;
}

/**
 * Multiply-adds in one submit. At about 1 GFLOP/s in software and 100 GFLOP/s on the slowest useful hardware, both take
 * about 0.1 to 0.2 s: short enough for aborts and for drivers' watchdogs.
 */
const SUBMIT_BUDGETS = { software: 1e8, hardware: 1e10 } as const;

/** Error scopes in the order in which they are pushed. */
const scopes = ['internal', 'validation', 'out-of-memory'] as const;

/** How work runs on a device. */
interface DeviceContextOptions {
  /** True when the GPU is emulated on the CPU; work is then divided into smaller submits. */
  readonly software: boolean;
  /** Multiply-adds of one submit; dispatches that cost more are split. The default depends on `software`. */
  readonly submitBudget?: number | undefined;
  /**
   * Bytes of a session's points that may stay on the device; larger points are copied there for every pass. Default: all.
   */
  readonly residentBytes?: number | undefined;
  /** Information about the device; an adapter gives more than the device itself. */
  readonly adapterInfo?: GPUAdapterInfo | undefined;
  /** The context of the lost device that this one replaces. */
  readonly predecessor?: DeviceContext | undefined;
}

/**
 * A device and its shared state: compiled kernels, the count of buffers, and whether the device still works. It takes a
 * `GPUDevice` and never uses a global one.
 */
export class DeviceContext {
  readonly device: GPUDevice;
  // See `DeviceContextOptions`.
  readonly software: boolean;
  readonly submitBudget: number;
  readonly residentBytes: number;
  readonly adapterInfo: GPUAdapterInfo;
  /** Times every dispatch while it is set. */
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
   * The context of the device that replaces this one after a loss: buffers of both are counted together, and everything that
   * either adopted is destroyed with both.
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

  /** Why the device was lost; undefined if it was not. */
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
   * Runs WebGPU calls and reports their errors: use it for every creation and every submit.
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
    // The innermost scope first: an out-of-memory error also makes later commands invalid.
    for (let i = scopes.length - 1; i >= 0; i--) {
      const error = errors[i];
      if (error) throw scopeError(scopes[i], doing, error);
    }
    return result;
  }

  /** Awaits a WebGPU promise; throws a typed error when it rejects or the device is lost. */
  async settle<T>(doing: string, promise: Promise<T>): Promise<T> {
    try {
      const value = await promise;
      this.assertUsable(doing);
      return value;
    } catch (error) {
      // `lost` may resolve just after the promises that fail because of it, or in a separate task.
      await Promise.race([this.device.lost, new Promise((resolve) => setTimeout(resolve))]);
      this.assertUsable(doing);
      if (error instanceof DeviceError) throw error;
      throw rejectionError(doing, error);
    }
  }

  /** Destroys `dependent` together with the device. */
  adopt(dependent: Dependent): void {
    this.#dependents.add(dependent);
  }

  /** The opposite of `adopt`. */
  disown(dependent: Dependent): void {
    this.#dependents.delete(dependent);
  }

  /** Destroys all open sessions, and the device if `ownsDevice`. */
  destroy(ownsDevice: boolean): void {
    if (this.#destroyed) return;
    for (const dependent of [...this.#dependents]) dependent.destroy();
    this.#destroyed = true;
    if (ownsDevice) this.device.destroy();
  }
}
