import { DeviceError, StateError, UnsupportedError, type Points } from '@shoal/core';
import { env, type Tensor2D } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { copyValues } from './copy-values.ts';
import { BackendLease } from './lease.ts';
import type { RowSink, TensorBackend } from './tensor-backend.ts';

/** The device to compute on. */
export interface WebGpuBackendOptions {
  /** Shared with the clustering kernels; it is not destroyed with the backend. */
  readonly device: GPUDevice;
  /** Of the adapter the device came from: TensorFlow.js tunes by vendor. */
  readonly adapterInfo: GPUAdapterInfo;
}

// Flags with the values of the WebGPU specification: Node.js does not have these globals.
const BUFFER_USAGE = {
  MAP_READ: 0x0001,
  MAP_WRITE: 0x0002,
  COPY_SRC: 0x0004,
  COPY_DST: 0x0008,
  INDEX: 0x0010,
  VERTEX: 0x0020,
  UNIFORM: 0x0040,
  STORAGE: 0x0080,
  INDIRECT: 0x0100,
  QUERY_RESOLVE: 0x0200,
} as const;
const MAP_MODE = { READ: 0x0001, WRITE: 0x0002 } as const;

const BYTES_PER_VALUE = 4;

/** @throws {StateError} when another device is in use for tensors */
export async function openWebGpuBackend(options: WebGpuBackendOptions): Promise<TensorBackend> {
  const { device, adapterInfo } = options;
  const lease = await BackendLease.take('webgpu', device, () => {
    provideGlobals(device);
    // Small tensors would otherwise be computed on the host, where the device cannot read them.
    env().set('WEBGPU_CPU_FORWARD', false);
    return Promise.resolve(withNavigator(() => new WebGPUBackend(device, adapterInfo)));
  });
  const health = new DeviceHealth(device);
  const destroy = () => {
    lease.release();
  };
  return {
    name: 'webgpu',
    threads: 1,
    get destroyed() {
      return lease.released;
    },
    explicitTransposes: false,
    run(compute) {
      health.assertUsable();
      return lease.run(compute);
    },
    read: (values) => health.settle(() => copyValues(values)),
    settle: () => health.settle(() => device.queue.onSubmittedWorkDone().then(() => undefined)),
    createRowSink: (rows, columns) => new DeviceRowSink(device, rows, columns),
    destroy,
    [Symbol.dispose]: destroy,
  };
}

/** Checks that a device still works: otherwise TensorFlow.js fails with an `AbortError` without a message. */
class DeviceHealth {
  readonly #device: GPUDevice;
  #lost: GPUDeviceLostInfo | undefined;

  constructor(device: GPUDevice) {
    this.#device = device;
    void device.lost.then((info) => {
      this.#lost = info;
    });
  }

  /**
   * @throws {StateError} when the device was destroyed
   * @throws {DeviceError} when it was lost
   */
  assertUsable(): void {
    if (this.#lost === undefined) return;
    if (this.#lost.reason === 'destroyed') {
      throw new StateError(
        'The WebGPU device that tensors were computed on was destroyed, for example with its engine; create a new one, and a ' +
          'tensor backend on it.',
      );
    }
    throw new DeviceError(
      'lost',
      `The GPU device was lost while tensors were computed on it (${this.#lost.message || 'no reason given'}). The tensors ` +
        'are gone: create a new tensor backend and start again.',
    );
  }

  /** Waits for the device. If that fails because the device is gone, the error says so. */
  async settle<T>(work: () => Promise<T>): Promise<T> {
    this.assertUsable();
    try {
      return await work();
    } catch (error) {
      // The device may report its loss shortly after the promises that fail because of it.
      await Promise.race([this.#device.lost, new Promise((resolve) => setTimeout(resolve))]);
      this.assertUsable();
      throw error;
    }
  }
}

/** Copies rows from TensorFlow.js's buffers into its own buffer, on the device. */
class DeviceRowSink implements RowSink {
  readonly #device: GPUDevice;
  readonly #buffer: GPUBuffer;
  readonly #rows: number;
  readonly #columns: number;
  #filledBytes = 0;

  constructor(device: GPUDevice, rows: number, columns: number) {
    this.#device = device;
    this.#rows = rows;
    this.#columns = columns;
    const size = rows * columns * BYTES_PER_VALUE;
    const most = device.limits.maxBufferSize;
    if (size > most) {
      throw new UnsupportedError(
        `${rows} x ${columns} results need a buffer of ${size} bytes, but the device allows ${most}; pass fewer rows at a time.`,
      );
    }
    this.#buffer = device.createBuffer({
      label: 'autoencoder rows',
      size,
      usage: BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST,
    });
  }

  append(rows: Tensor2D): void {
    // TensorFlow.js submits its pending commands and copies the tensor into a buffer that we may read. The queue keeps
    // that order, and `run` frees the copy after the command below is submitted.
    const { buffer } = rows.dataToGPU() as { readonly buffer: GPUBuffer };
    const bytes = rows.size * BYTES_PER_VALUE;
    const encoder = this.#device.createCommandEncoder({ label: 'collect autoencoder rows' });
    encoder.copyBufferToBuffer(buffer, 0, this.#buffer, this.#filledBytes, bytes);
    this.#device.queue.submit([encoder.finish()]);
    this.#filledBytes += bytes;
  }

  finish(): Points {
    const buffer = this.#buffer;
    return {
      location: 'device',
      engine: 'webgpu',
      rows: this.#rows,
      columns: this.#columns,
      handle: buffer,
      destroy: () => {
        buffer.destroy();
      },
      [Symbol.dispose]() {
        this.destroy();
      },
    };
  }

  discard(): void {
    this.#buffer.destroy();
  }
}

/** TensorFlow.js reads WebGPU's flags and its buffer class from globals; defines those that are missing. */
function provideGlobals(device: GPUDevice): void {
  const probe = device.createBuffer({ size: BYTES_PER_VALUE, usage: BUFFER_USAGE.STORAGE });
  const globals = { GPUBufferUsage: BUFFER_USAGE, GPUMapMode: MAP_MODE, GPUBuffer: probe.constructor };
  probe.destroy();
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}

/** TensorFlow.js's constructor asks whether `navigator.gpu` exists, though it uses the given device. */
function withNavigator<T>(construct: () => T): T {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const present = (globalThis as { navigator?: { gpu?: unknown } }).navigator;
  if (present?.gpu) return construct();
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: {} }, configurable: true });
  try {
    return construct();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}
