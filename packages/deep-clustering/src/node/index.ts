import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { requireWholeNumber } from '@shoal/core/model-kit';
import { createTensorBackend as createPortable } from '../backend/create-tensor-backend.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import type { WasmBackendOptions } from '../backend/tf-backend-wasm.ts';
import type { WebGpuBackendOptions } from '../backend/tf-backend-webgpu.ts';
import { processListeners, restoreProcessListeners } from './process-listeners.ts';
import { startingWithThreads } from './tensor-threads.ts';

/** Greatest number of threads by default: a training step is too short to divide among more. */
const MOST_THREADS = 4;

/** Where tensors are computed: `wasm` on any machine, `webgpu` on a device shared with the kernels. */
export type NodeTensorBackendOptions =
  | ({ readonly kind: 'wasm' } & NodeWasmBackendOptions)
  | ({ readonly kind: 'webgpu' } & WebGpuBackendOptions);

/** How to find the WebAssembly files, and how many threads run them. */
export interface NodeWasmBackendOptions extends WasmBackendOptions {
  /**
   * Threads that compute, the calling one included; a whole number >= 1. Results do not depend on it. TensorFlow.js
   * uses at most 8, and only one when no others can be started: the backend's `threads` gives the actual number. When
   * `wasm` is already open, its threads are shared. Default: one thread for each processor, at most 4.
   */
  readonly threads?: number | undefined;
}

/**
 * `createTensorBackend` for Node.js: computes on several threads, finds TensorFlow.js's `.wasm` files in the installed
 * package, also when the calling code is bundled, and leaves the process's error handlers unchanged.
 *
 * @throws {InvalidArgumentError} for a number of threads that is not a whole number of at least 1
 * @throws {UnsupportedError} when the runtime cannot start the backend
 * @throws {StateError} when another WebGPU device is in use for tensors
 */
export async function createTensorBackend(options: NodeTensorBackendOptions): Promise<TensorBackend> {
  if (options.kind === 'webgpu') return createPortable(options);
  const threads = requireWholeNumber(
    'threads',
    options.threads ?? Math.min(MOST_THREADS, availableParallelism()),
    1,
  );
  const listeners = processListeners();
  try {
    const { openWasmBackend } = await import('../backend/tf-backend-wasm.ts');
    const backend = await openWasmBackend(
      { wasmFiles: options.wasmFiles ?? installedWasmFolder() },
      (start) => (threads === 1 ? start() : startingWithThreads(threads, start)),
    );
    const destroy = () => {
      const before = processListeners();
      backend.destroy();
      restoreProcessListeners(before);
    };
    return {
      ...backend,
      get destroyed() {
        return backend.destroyed;
      },
      destroy,
      [Symbol.dispose]: destroy,
    };
  } finally {
    restoreProcessListeners(listeners);
  }
}

function installedWasmFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return join(dirname(manifest), 'dist') + sep;
}
