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

/** By default; a step of training is too short for many threads to share. */
const MOST_THREADS = 4;

/** Where tensors are computed: `wasm` on any machine, `webgpu` on a device shared with the kernels. */
export type NodeTensorBackendOptions =
  ({ readonly kind: 'wasm' } & NodeWasmBackendOptions) | ({ readonly kind: 'webgpu' } & WebGpuBackendOptions);

/** How to find the WebAssembly files, and how many threads run them. */
export interface NodeWasmBackendOptions extends WasmBackendOptions {
  /**
   * Threads that compute, the calling one included; a whole number >= 1. Results do not depend on it. TensorFlow.js
   * takes at most 8, and one where there can be no others: the backend's `threads` says how many there are.
   * Whoever opens `wasm` while others hold it shares theirs. Default: a thread per processor, at most 4.
   */
  readonly threads?: number | undefined;
}

/**
 * `createTensorBackend` for Node.js: computes on several threads, finds TensorFlow.js's `.wasm` files in the installed
 * package, wherever the calling code was bundled to, and leaves the process's error handlers as they were.
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
