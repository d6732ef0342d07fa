import { DeviceError, StateError, UnsupportedError } from '@shoal/core';
import type { DeviceContext } from '../runtime/device.ts';
import { describeAdapter } from '../runtime/adapter-name.ts';

/** A device and its adapter. */
export interface OpenedDevice {
  readonly device: GPUDevice;
  readonly adapterInfo: GPUAdapterInfo;
}

/** Opens a device. */
export type OpenDevice = () => Promise<OpenedDevice>;

/** The replacement of a lost device. */
export interface DeviceChange {
  readonly device: GPUDevice;
  /** The device that was lost, with all buffers on it. */
  readonly previous: GPUDevice;
  /** WebGPU's message. */
  readonly reason: string;
  /** One sentence for people. */
  readonly message: string;
}

/** How a lost device is replaced. */
export interface LossPolicy {
  /** Opens the replacement; undefined if the device cannot be replaced. */
  readonly reopen?: OpenDevice | undefined;
  /** Name of the adapter, from `describeAdapter`: on another adapter results would differ. */
  readonly adapter: string;
  readonly onChange: (change: DeviceChange) => void;
}

/** The device of an engine. If the engine opened it, it is replaced after a loss. */
export class EngineDevice {
  /** Number of replacements so far. */
  replacements = 0;
  readonly #policy: LossPolicy;
  #context: DeviceContext;
  #replacing: Promise<DeviceContext> | undefined;
  #destroyed = false;

  constructor(context: DeviceContext, policy: LossPolicy) {
    this.#context = context;
    this.#policy = policy;
  }

  /** The present device, which may be lost. */
  get context(): DeviceContext {
    return this.#context;
  }

  /** Whether the device can be replaced. */
  get replaceable(): boolean {
    return this.#policy.reopen !== undefined;
  }

  /**
   * A device that is not known to be lost. If a lost device cannot be replaced, it is returned, and its use is an error.
   *
   * @throws {DeviceError} when the device was lost and another could not be opened
   * @throws {StateError} after `destroy()`
   */
  async working(): Promise<DeviceContext> {
    this.assertAlive();
    const reason = this.#context.lost;
    const { reopen } = this.#policy;
    if (reason === undefined || reopen === undefined) return this.#context;
    this.#replacing ??= this.#replace(reopen, reason).finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  /** @throws {StateError} after `destroy()` */
  assertAlive(): void {
    if (this.#destroyed) throw new StateError('This WebGPU engine was destroyed; create a new one.');
  }

  /** @param ownsDevice whether the device is destroyed, too */
  destroy(ownsDevice: boolean): void {
    this.#destroyed = true;
    this.#context.destroy(ownsDevice);
  }

  async #replace(reopen: OpenDevice, reason: string): Promise<DeviceContext> {
    const { adapter, onChange } = this.#policy;
    const previous = this.#context.device;
    const { device, adapterInfo } = await reopen().catch((error: unknown) => {
      throw notReplaced(reason, error);
    });
    const found = describeAdapter(adapterInfo);
    if (this.#destroyed || found !== adapter) device.destroy();
    if (this.#destroyed) {
      throw new StateError('The WebGPU engine was destroyed while it opened a lost device again.');
    }
    if (found !== adapter) {
      const advice = `the adapter is now ${found} instead of ${adapter}; create a new engine to use it.`;
      throw notReplaced(reason, new UnsupportedError(advice));
    }
    this.#context = this.#context.successor(device);
    this.replacements++;
    const message =
      `The GPU device was lost (${reason}) and was opened again. Running fits continue from what was read back ` +
      'last; whatever else was on the lost device is gone.';
    onChange({ device, previous, reason, message });
    return this.#context;
  }
}

function notReplaced(reason: string, cause: unknown): DeviceError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `The GPU device was lost (${reason}) and could not be opened again: ${why}`;
  return new DeviceError('lost', message, { cause });
}
