import {
  StateError,
  UnsupportedError,
  type DeviceMatrix,
  type Engine,
  type EngineInfo,
  type Matrix,
  type Points,
  type RowScaling,
  type SparseGraph,
} from '@shoal/core';
import {
  Destroyable,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type GraphLayoutOptions,
  type GraphLayoutSession,
  type KMeansSessionOptions,
  type MatrixProductSession,
  type NeighborSearchOptions,
  type NeighborSearchSession,
  type SessionOptions,
  type SpanningOptions,
  type SpanningSession,
} from '@shoal/core/engine-kit';
import { deviceMatrix, ENGINE_NAME } from '../points/device-points.ts';
import { openGaussianMixture } from '../sessions/mixture/recoverable.ts';
import { openGraphLayout } from '../sessions/layout/recoverable.ts';
import { openKMeans, type RecoverableKMeansSession } from '../sessions/kmeans/recoverable.ts';
import { openMatrixProducts } from '../sessions/products/recoverable.ts';
import { openNeighborSearch } from '../sessions/neighbors/recoverable.ts';
import { openSpanning } from '../sessions/spanning/recoverable.ts';
import { download } from '../points/download.ts';
import { describeAdapter, isSoftware } from '../runtime/adapter-name.ts';
import { DeviceContext } from '../runtime/device.ts';
import { optionalFeatures } from '../runtime/features.ts';
import { Profiler, type KernelTime } from '../runtime/profiler.ts';
import { scaleRows } from '../scaling/scale-rows.ts';
import { MAX_NEIGHBORS } from '../sessions/neighbors/plan.ts';
import type { KMeansVariant } from '../sessions/kmeans/resources.ts';
import { tuningKey, type KMeansTuning } from '../tuning/kmeans-tuning.ts';
import { requestAdapter, requestDevice, type AdapterRequest } from './adapter.ts';
import {
  EngineDevice,
  type DeviceChange,
  type OpenDevice,
  type OpenedDevice,
} from '../recovery/engine-device.ts';

/** Settings of an engine, apart from its device. */
export interface WebGpuEngineSettings {
  /** Results of `measureVariants` on this adapter; by default the variant depends on the shape. */
  readonly tuning?: KMeansTuning | undefined;
  /**
   * The most bytes of a session's points that stay on the device; larger points are copied there from the host for every
   * pass. Default: as many as fit its memory.
   */
  readonly residentBytes?: number | undefined;
  /**
   * Called after the device was lost and replaced, before anything runs on the new one: code that shares `engine.device`
   * must use the new device. The default writes a warning to the console.
   */
  readonly onDeviceChange?: ((change: DeviceChange) => void) | undefined;
}

/** The device of an engine. */
export interface EngineDeviceOptions extends OpenedDevice {
  /** Whether `destroy()` destroys it. */
  readonly owned: boolean;
  /** Opens another device on the same adapter after a loss; without it, the engine cannot be used after a loss. */
  readonly reopen?: OpenDevice | undefined;
}

export interface WebGpuEngineOptions extends AdapterRequest, WebGpuEngineSettings {
  /** Where to look for adapters; default `navigator.gpu`. */
  readonly gpu?: GPU | undefined;
  /** An adapter to use, also an emulated one. It can open only one device, so a lost device is not replaced. */
  readonly adapter?: GPUAdapter | undefined;
  /** A device to share; the engine does not destroy it. */
  readonly device?: GPUDevice | undefined;
}

/**
 * The WebGPU engine and its device, which other code can share.
 *
 * A device that the engine opened itself is opened again when it is lost: sessions of host points then continue from the
 * last readback, once each, with the same results.
 */
export class WebGpuEngine extends Destroyable implements Engine {
  readonly name = ENGINE_NAME;
  readonly info: EngineInfo;
  readonly adapterInfo: GPUAdapterInfo;
  readonly #device: EngineDevice;
  readonly #ownsDevice: boolean;
  readonly #tuning: KMeansTuning;

  constructor(
    { device, adapterInfo, owned, reopen }: EngineDeviceOptions,
    { tuning = {}, residentBytes, onDeviceChange = warn }: WebGpuEngineSettings = {},
  ) {
    super();
    const software = isSoftware(adapterInfo);
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    this.adapterInfo = adapterInfo;
    this.#ownsDevice = owned;
    this.#tuning = tuning;
    const context = new DeviceContext(device, { software, residentBytes, adapterInfo });
    const adapter = describeAdapter(adapterInfo);
    this.#device = new EngineDevice(context, { reopen, adapter, onChange: onDeviceChange });
    this.info = {
      device: adapter,
      software,
      features: optionalFeatures(device),
      limits: { maxBufferSize, maxStorageBufferBindingSize, maxNeighbors: MAX_NEIGHBORS },
    };
  }

  /** The present device; a new one after `onDeviceChange`. */
  get device(): GPUDevice {
    return this.#device.context.device;
  }

  /** How often the device was lost and replaced. */
  get recoveries(): number {
    return this.#device.replacements;
  }

  /** Number and bytes of the buffers of this engine's sessions and matrices. */
  get memory(): { readonly buffers: number; readonly bytes: number } {
    const { count, bytes } = this.#device.context.ledger;
    return { buffers: count, bytes };
  }

  /**
   * Wraps a buffer of this engine's device as points, without copying.
   *
   * @param buffer `rows * columns` float32 values, row-major, with the usages `STORAGE` and `COPY_SRC`
   * @param release frees the values when the matrix is destroyed; by default the buffer is destroyed
   * @throws {ShapeError} when the buffer is too small for the shape
   * @throws {StateError} after `destroy()`
   */
  deviceMatrix(buffer: GPUBuffer, rows: number, columns: number, release?: () => void): DeviceMatrix {
    this.#device.assertAlive();
    return deviceMatrix(this.#device.context, buffer, rows, columns, release);
  }

  /**
   * @param variant how iterations are computed, for comparisons; by default the tuned variant, else one that suits the shape
   * @throws {UnsupportedError} also when the variant does not work with the points or the device
   */
  createKMeans(
    points: Points,
    options: KMeansSessionOptions,
    variant?: KMeansVariant,
  ): Promise<RecoverableKMeansSession> {
    const tuned = this.#tuning[tuningKey(points.columns, options.clusters)];
    return openKMeans(this.#device, points, options, { variant, tuned });
  }

  createGaussianMixture(
    points: Points,
    options: GaussianMixtureSessionOptions,
  ): Promise<GaussianMixtureSession> {
    return openGaussianMixture(this.#device, points, options);
  }

  createMatrixProducts(points: Points, options: SessionOptions = {}): Promise<MatrixProductSession> {
    return openMatrixProducts(this.#device, points, options);
  }

  createNeighborSearch(points: Points, options: NeighborSearchOptions): Promise<NeighborSearchSession> {
    return openNeighborSearch(this.#device, points, options);
  }

  createSpanning(points: Points, options: SpanningOptions): Promise<SpanningSession> {
    return openSpanning(this.#device, this, points, options);
  }

  createGraphLayout(
    graph: SparseGraph,
    positions: Float32Array,
    options: GraphLayoutOptions,
  ): Promise<GraphLayoutSession> {
    return openGraphLayout(this.#device, graph, positions, options);
  }

  /**
   * Measures the time of every kernel on the device while `work` runs; only the first 2048 dispatches count. Each dispatch
   * gets a separate pass meanwhile, so the work takes longer than without.
   *
   * @throws {UnsupportedError} when the device was opened without the feature `timestamp-query`
   * @throws {StateError} when another profile is running
   */
  async profile<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly kernels: readonly KernelTime[] }> {
    const context = await this.#device.working();
    if (context.profiler)
      throw new StateError('Another profile is running on this engine; wait until it ends.');
    const profiler = new Profiler(context);
    context.profiler = profiler;
    try {
      const result = await work();
      context.profiler = undefined;
      return { result, kernels: await profiler.read() };
    } finally {
      context.profiler = undefined;
      profiler.destroy();
    }
  }

  async scaleRows(points: DeviceMatrix, scaling: RowScaling): Promise<DeviceMatrix> {
    this.#device.assertAlive();
    return scaleRows(this.#device.context, points, scaling);
  }

  async download(points: DeviceMatrix): Promise<Matrix> {
    this.#device.assertAlive();
    return download(this.#device.context, points);
  }

  destroy(): void {
    this.#device.destroy(this.#ownsDevice);
  }
}

/**
 * Opens the WebGPU engine on a device, an adapter, or the best adapter of a `GPU`.
 *
 * @throws {UnsupportedError} when there is no WebGPU, no adapter, or only an emulated one and `allowSoftware`
 *   is not set
 */
export async function createWebGpuEngine(options: WebGpuEngineOptions = {}): Promise<WebGpuEngine> {
  const { device, adapter } = options;
  if (device !== undefined) {
    return new WebGpuEngine({ device, adapterInfo: device.adapterInfo, owned: false }, options);
  }
  if (adapter !== undefined) return new WebGpuEngine({ ...(await openOn(adapter)), owned: true }, options);
  const gpu = options.gpu ?? navigatorGpu();
  const open = async (): Promise<OpenedDevice> => openOn(await requestAdapter(gpu, options));
  return new WebGpuEngine({ ...(await open()), owned: true, reopen: open }, options);
}

async function openOn(adapter: GPUAdapter): Promise<OpenedDevice> {
  return { device: await requestDevice(adapter), adapterInfo: adapter.info };
}

function warn({ message }: DeviceChange): void {
  console.warn(message);
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
