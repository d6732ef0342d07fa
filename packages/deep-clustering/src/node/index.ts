import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import {
  createTensorBackend as createPortable,
  type TensorBackend,
  type TensorBackendOptions,
} from '../index.ts';
import { processListeners, restoreProcessListeners } from './process-listeners.ts';

/**
 * `createTensorBackend` for Node.js: finds TensorFlow.js's `.wasm` files in the installed package, wherever
 * the calling code was bundled to, and leaves the process's error handlers as they were.
 *
 * @throws {UnsupportedError} when the runtime cannot start the backend
 * @throws {StateError} when another WebGPU device is in use for tensors
 */
export async function createTensorBackend(options: TensorBackendOptions): Promise<TensorBackend> {
  if (options.kind === 'webgpu') return createPortable(options);
  const listeners = processListeners();
  try {
    const backend = await createPortable({
      ...options,
      wasmFiles: options.wasmFiles ?? installedWasmFolder(),
    });
    const dispose = () => {
      const atDisposal = processListeners();
      backend.dispose();
      restoreProcessListeners(atDisposal);
    };
    return {
      ...backend,
      get disposed() {
        return backend.disposed;
      },
      dispose,
    };
  } finally {
    restoreProcessListeners(listeners);
  }
}

function installedWasmFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return join(dirname(manifest), 'dist') + sep;
}
