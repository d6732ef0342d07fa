import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { createTensorBackend as createPortable } from '../index.ts';
import type { TensorBackend, TensorBackendOptions } from '../index.ts';

/**
 * `createTensorBackend` for Node.js: finds TensorFlow.js's `.wasm` files in the installed package, wherever
 * the calling code was bundled to.
 *
 * @throws {UnsupportedError} when the runtime cannot start the backend
 * @throws {StateError} when another WebGPU device is in use for tensors
 */
export function createTensorBackend(options: TensorBackendOptions): Promise<TensorBackend> {
  return createPortable(
    options.kind === 'wasm'
      ? { ...options, wasmFolder: options.wasmFolder ?? installedWasmFolder() }
      : options,
  );
}

function installedWasmFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return join(dirname(manifest), 'dist') + sep;
}
