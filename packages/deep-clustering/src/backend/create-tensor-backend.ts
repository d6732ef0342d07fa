import type { TensorBackend } from './tensor-backend.ts';
import type { WasmBackendOptions } from './tf-backend-wasm.ts';
import type { WebGpuBackendOptions } from './tf-backend-webgpu.ts';

/** Where tensors are computed: `wasm` on any machine, `webgpu` on a device shared with the kernels. */
export type TensorBackendOptions =
  | ({ readonly kind: 'wasm' } & WasmBackendOptions)
  | ({ readonly kind: 'webgpu' } & WebGpuBackendOptions);

/**
 * Opens a TensorFlow.js backend.
 *
 * `webgpu` computes on a given device. A process can hold one WebGPU device for tensors at a time; opening the
 * same device again shares it.
 *
 * @throws {UnsupportedError} when the runtime cannot start the backend
 * @throws {StateError} when another WebGPU device is in use for tensors
 */
export async function createTensorBackend(options: TensorBackendOptions): Promise<TensorBackend> {
  // Only the used backend is loaded: each is half a megabyte of TensorFlow.js.
  if (options.kind === 'wasm') {
    const { openWasmBackend } = await import('./tf-backend-wasm.ts');
    return openWasmBackend(options);
  }
  const { openWebGpuBackend } = await import('./tf-backend-webgpu.ts');
  return openWebGpuBackend(options);
}
