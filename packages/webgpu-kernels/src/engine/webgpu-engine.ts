import {
  StateError,
  UnsupportedError,
  type DeviceMatrix,
  type Engine,
  type EngineInfo,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type KMeansSessionOptions,
  type Matrix,
  type MatrixProductSession,
  type Points,
  type RowScaling,
  type SessionOptions,
} from '@shoal/core';
import { deviceMatrix, ENGINE_NAME } from '../points/device-points.ts';
import { download } from '../points/download.ts';
import { DeviceContext } from '../runtime/device.ts';
import { optionalFeatures } from '../runtime/features.ts';
import { Profiler, type KernelTime } from '../runtime/profiler.ts';
import { scaleRows } from '../scaling/scale-rows.ts';
import { WebGpuGaussianMixtureSession } from '../sessions/gmm-session.ts';
import { WebGpuKMeansSession } from '../sessions/kmeans-session.ts';
import type { KMeansVariant } from '../sessions/kmeans/resources.ts';
import { tuningKey, type KMeansTuning } from '../tuning/kmeans-tuning.ts';
import { WebGpuMatrixProductSession } from '../sessions/matrix-product-session.ts';
import {
  describeAdapter,
  isSoftware,
  requestAdapter,
  requestDevice,
  type AdapterRequest,
} from './adapter.ts';

/** How an engine works on its device. */
export interface WebGpuEngineSettings {
  /** What `measureVariants` found on this adapter; by default shapes decide. */
  readonly tuning?: KMeansTuning | undefined;
  /**
   * Bytes of a session's points that may stay on the device; more are copied there from the host for every pass. Default:
   * as many as its memory takes.
   */
  readonly residentBytes?: number | undefined;
}

export interface WebGpuEngineOptions extends AdapterRequest, WebGpuEngineSettings {
  /** Where to look for adapters; default `navigator.gpu`. */
  readonly gpu?: GPU | undefined;
  /** An adapter to use as it is, emulated or not. */
  readonly adapter?: GPUAdapter | undefined;
  /** A device to share; the engine does not destroy it. */
  readonly device?: GPUDevice | undefined;
}

/** The WebGPU engine and the device it works on, for others to share. */
export class WebGpuEngine implements Engine {
  readonly name = ENGINE_NAME;
  readonly info: EngineInfo;
  readonly device: GPUDevice;
  readonly adapterInfo: GPUAdapterInfo;
  readonly #context: DeviceContext;
  readonly #ownsDevice: boolean;
  readonly #tuning: KMeansTuning;

  /**
   * @param ownsDevice whether `destroy()` destroys the device
   */
  constructor(
    device: GPUDevice,
    adapterInfo: GPUAdapterInfo,
    ownsDevice: boolean,
    { tuning = {}, residentBytes }: WebGpuEngineSettings = {},
  ) {
    const software = isSoftware(adapterInfo);
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    this.device = device;
    this.adapterInfo = adapterInfo;
    this.#ownsDevice = ownsDevice;
    this.#tuning = tuning;
    this.#context = new DeviceContext(device, software, undefined, residentBytes, adapterInfo);
    this.info = {
      device: describeAdapter(adapterInfo),
      software,
      features: optionalFeatures(device),
      limits: { maxBufferSize, maxStorageBufferBindingSize },
    };
  }

  /** Buffers, and their bytes, that this engine's sessions and matrices hold now. */
  get memory(): { readonly buffers: number; readonly bytes: number } {
    const { count, bytes } = this.#context.ledger;
    return { buffers: count, bytes };
  }

  /**
   * Wraps a buffer of this engine's device as points, without copying.
   *
   * @param buffer `rows * columns` float32 values, row-major, with the usages `STORAGE` and `COPY_SRC`
   * @param release frees the values when the matrix is destroyed; by default the buffer is destroyed
   * @throws {ShapeError} when the buffer is too small for the shape
   */
  deviceMatrix(buffer: GPUBuffer, rows: number, columns: number, release?: () => void): DeviceMatrix {
    return deviceMatrix(buffer, rows, columns, release);
  }

  /**
   * @param variant how iterations are computed, to compare; by default what was tuned, else the shape decides
   * @throws {UnsupportedError} also when the variant cannot take the points or the device
   */
  createKMeans(
    points: Points,
    options: KMeansSessionOptions,
    variant?: KMeansVariant,
  ): Promise<WebGpuKMeansSession> {
    const tuned = this.#tuning[tuningKey(points.columns, options.clusters)];
    return WebGpuKMeansSession.create(this.#context, points, options, { variant, tuned });
  }

  createGaussianMixture(
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<GaussianMixtureSession> {
    return WebGpuGaussianMixtureSession.create(this.#context, points, options);
  }

  createMatrixProducts(points: Points, options: SessionOptions = {}): Promise<MatrixProductSession> {
    return WebGpuMatrixProductSession.create(this.#context, points, options);
  }

  /**
   * Takes the device's own time of every kernel while `work` goes on; the first 2048 dispatches count. Each gets a pass of
   * its own meanwhile, so the whole takes longer than without.
   *
   * @throws {UnsupportedError} when the device was opened without the feature `timestamp-query`
   * @throws {StateError} when a profile is under way
   */
  async profile<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly kernels: readonly KernelTime[] }> {
    if (this.#context.profiler)
      throw new StateError('A profile is under way on this engine; wait for its end.');
    const profiler = new Profiler(this.#context);
    this.#context.profiler = profiler;
    try {
      const result = await work();
      this.#context.profiler = undefined;
      return { result, kernels: await profiler.read() };
    } finally {
      this.#context.profiler = undefined;
      profiler.destroy();
    }
  }

  scaleRows(points: DeviceMatrix, scaling: RowScaling): Promise<DeviceMatrix> {
    return scaleRows(this.#context, points, scaling);
  }

  download(points: DeviceMatrix): Promise<Matrix> {
    return download(this.#context, points);
  }

  destroy(): void {
    this.#context.destroy(this.#ownsDevice);
  }
}

/**
 * Opens the WebGPU engine on a device, an adapter, or the best adapter of a `GPU`.
 *
 * @throws {UnsupportedError} when there is no WebGPU, no adapter, or only an emulated one and `allowSoftware`
 *   is not set
 */
export async function createWebGpuEngine(options: WebGpuEngineOptions = {}): Promise<WebGpuEngine> {
  if (options.device !== undefined) {
    return new WebGpuEngine(options.device, options.device.adapterInfo, false, options);
  }
  const adapter = options.adapter ?? (await requestAdapter(options.gpu ?? navigatorGpu(), options));
  return new WebGpuEngine(await requestDevice(adapter), adapter.info, true, options);
}

function navigatorGpu(): GPU {
  const { navigator } = globalThis as { navigator?: { gpu?: GPU } };
  if (navigator?.gpu === undefined) {
    throw new UnsupportedError(
      'This runtime has no WebGPU (navigator.gpu). In Node.js use @shoal/webgpu-kernels/node; ' +
        'in a browser, a version with WebGPU and a secure (https or localhost) page.',
    );
  }
  return navigator.gpu;
}
