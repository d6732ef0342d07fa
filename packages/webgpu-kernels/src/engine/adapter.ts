import { UnsupportedError } from '@shoal/core';
import { describeAdapter, isSoftware } from '../runtime/adapter-name.ts';
import { optionalFeatures } from '../runtime/features.ts';

/**
 * Limits that are requested as high as the adapter has them: those on the data of one kernel, and those that TensorFlow.js
 * also raises, because it may share the device.
 */
const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * Requests an adapter for the engine.
 *
 * @throws {UnsupportedError} when there is no adapter, or only an emulated one and `allowSoftware` is not set
 */
export async function requestAdapter(
  gpu: GPU,
  { powerPreference = 'high-performance', allowSoftware = false }: AdapterRequest,
): Promise<GPUAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (adapter === null) {
    throw new UnsupportedError('No GPU adapter was found. Use the wasm engine, or install a GPU driver.');
  }
  if (!allowSoftware && isSoftware(adapter.info)) {
    throw new UnsupportedError(
      `The only GPU adapter is ${describeAdapter(adapter.info)}, which is slower than the wasm engine; ` +
        'set allowSoftware to use it anyway.',
    );
  }
  return adapter;
}

export interface AdapterRequest {
  /** Default `high-performance`. */
  readonly powerPreference?: GPUPowerPreference | undefined;
  /** Accept an adapter emulated on the CPU (default false). */
  readonly allowSoftware?: boolean | undefined;
}

/** Requests a device with limits as high as the adapter has them, and with the optional features that it has. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  // The types do not include features that are not standard yet.
  const requiredFeatures = optionalFeatures(adapter) as GPUFeatureName[];
  const requiredLimits = Object.fromEntries(RAISED_LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  return adapter.requestDevice({ label: 'shoal', requiredLimits, requiredFeatures });
}
