export {
  createWebGpuEngine,
  WebGpuEngine,
  type EngineDeviceOptions,
  type WebGpuEngineOptions,
  type WebGpuEngineSettings,
} from './engine/webgpu-engine.ts';
export type { DeviceChange, OpenDevice, OpenedDevice } from './recovery/engine-device.ts';
export type { RecoverableKMeansSession } from './sessions/kmeans/recoverable.ts';
export { KMEANS_VARIANTS, type KMeansVariant } from './sessions/kmeans/resources.ts';
export { tuningKey, type KMeansTuning } from './tuning/kmeans-tuning.ts';
export {
  measureVariants,
  openVariants,
  type KMeansShape,
  type VariantTiming,
} from './tuning/measure-variants.ts';
export { measureDevice, type DeviceCeilings, type MeasureDeviceOptions } from './tuning/measure-device.ts';
export type { KernelTime } from './runtime/profiler.ts';
