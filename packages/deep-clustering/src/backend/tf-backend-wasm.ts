import { matrix, type Points } from '@shoal/core';
import { findBackendFactory, type Tensor2D } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { BackendLease } from './lease.ts';
import type { RowSink, TensorBackend } from './tensor-backend.ts';

/** How to find the WebAssembly files. */
export interface WasmBackendOptions {
  /**
   * Folder (with a trailing slash) or URL prefix of TensorFlow.js's three `.wasm` files, which lie in
   * `@tensorflow/tfjs-backend-wasm/dist/`. Default: beside TensorFlow.js's own script.
   */
  readonly wasmFolder?: string | undefined;
}

// Importing the package registers this factory; it is kept because removing a backend forgets it.
const createWasm = findBackendFactory('wasm');

/** All holders share one WebAssembly instance. */
const key = {};

/** @throws {UnsupportedError} when WebAssembly cannot start */
export async function openWasmBackend({ wasmFolder }: WasmBackendOptions): Promise<TensorBackend> {
  const lease = await BackendLease.take('wasm', key, async () => {
    if (wasmFolder !== undefined) setWasmPaths(wasmFolder);
    return createWasm();
  });
  return {
    name: 'wasm',
    get disposed() {
      return lease.released;
    },
    explicitTransposes: true,
    run: (compute) => lease.run(compute),
    settle: () => new Promise((resolve) => setTimeout(resolve, 0)),
    createRowSink: (rows, columns) => new HostRowSink(rows, columns),
    dispose: () => {
      lease.release();
    },
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
