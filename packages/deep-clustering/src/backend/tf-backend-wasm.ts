import { matrix, type Points } from '@shoal/core';
import { findBackendFactory, type KernelBackend, type Tensor2D } from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { copyValues } from './copy-values.ts';
import { BackendLease } from './lease.ts';
import type { RowSink, TensorBackend } from './tensor-backend.ts';

/** TensorFlow.js's WebAssembly builds. It loads the fastest one that the runtime supports. */
export type WasmFile =
  | 'tfjs-backend-wasm.wasm'
  | 'tfjs-backend-wasm-simd.wasm'
  | 'tfjs-backend-wasm-threaded-simd.wasm';

/** How to find the WebAssembly files. */
export interface WasmBackendOptions {
  /**
   * Where the three files of `@tensorflow/tfjs-backend-wasm/dist/` are: a folder or address that ends in a slash,
   * or the address of each, as a bundler gives them. Default: beside TensorFlow.js's own script.
   */
  readonly wasmFiles?: string | Readonly<Record<WasmFile, string>> | undefined;
}

// Importing the package registers this factory; it is kept because removing a backend forgets it.
const createWasm = findBackendFactory('wasm');

/** All holders share one WebAssembly instance. */
const key = {};

type Start = () => Promise<KernelBackend>;

/**
 * @param starting calls the function that starts the instance, after preparing the environment it needs
 * @throws {UnsupportedError} when WebAssembly cannot start
 */
export async function openWasmBackend(
  { wasmFiles }: WasmBackendOptions,
  starting: (start: Start) => Promise<KernelBackend> = (start) => start(),
): Promise<TensorBackend> {
  const lease = await BackendLease.take('wasm', key, async () => {
    if (wasmFiles !== undefined) setWasmPaths(wasmFiles);
    return starting(async () => createWasm());
  });
  const threads = getThreadsCount();
  const destroy = () => {
    lease.release();
  };
  return {
    name: 'wasm',
    threads,
    get destroyed() {
      return lease.released;
    },
    explicitTransposes: true,
    run: (compute) => lease.run(compute),
    read: copyValues,
    settle: () => new Promise((resolve) => setTimeout(resolve, 0)),
    createRowSink: (rows, columns) => new HostRowSink(rows, columns),
    destroy,
    [Symbol.dispose]: destroy,
  };
}

class HostRowSink implements RowSink {
  readonly #data: Float32Array;
  readonly #rows: number;
  readonly #columns: number;
  #filled = 0;

  constructor(rows: number, columns: number) {
    this.#data = new Float32Array(rows * columns);
    this.#rows = rows;
    this.#columns = columns;
  }

  append(rows: Tensor2D): void {
    this.#data.set(rows.dataSync(), this.#filled);
    this.#filled += rows.size;
  }

  finish(): Points {
    return matrix(this.#data, this.#rows, this.#columns);
  }

  discard(): void {
    this.#filled = 0;
  }
}
