import { createRequire } from 'node:module';
import os from 'node:os';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import { env } from '@tensorflow/tfjs-core';

const BUILD = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';
/** The message that ends a thread which does not compute; TensorFlow.js's own program ignores texts. */
const END = 'end';
const THREADS_FLAG = 'WASM_HAS_MULTITHREAD_SUPPORT';

/**
 * Lets `start` start TensorFlow.js's WebAssembly backend with threads, which it refuses in Node.js; see
 * docs/decisions/0034-tensor-threads-in-node.md. Some globals are replaced while `start` runs, so two starts must not
 * overlap. When no thread can be started, `start` runs without: ask TensorFlow.js for the number of threads.
 *
 * @param threads the calling one included; the build takes at most 8
 * @throws what `start` throws; then no thread is left running
 */
export async function startingWithThreads<Result>(
  threads: number,
  start: () => Promise<Result>,
): Promise<Result> {
  const program = threadProgram();
  if (program === undefined) return start();
  const flags = env().getFlags();
  const restorations = [
    restoring(flags, THREADS_FLAG),
    restoring(os, 'cpus'),
    restoring(workerThreads, 'Worker'),
    // Its loader defines this one.
    restoring(globalThis, 'Worker'),
  ];
  const pool = threadPool(program);
  try {
    flags[THREADS_FLAG] = true;
    // The build makes a thread for every second processor.
    const [processor] = os.cpus();
    os.cpus = () => new Array<os.CpuInfo>(2 * threads).fill(processor);
    workerThreads.Worker = pool.Worker;
    const started = await start();
    pool.endIdle();
    return started;
  } catch (error) {
    pool.endAll();
    throw error;
  } finally {
    for (const restore of restorations) restore();
  }
}

/** The program of a thread: TensorFlow.js's own, changed to find its other half in the installed package. */
function threadProgram(): string | undefined {
  const permission = process.permission as typeof process.permission | undefined;
  if (permission?.has('worker') === false) return undefined;
  const require = createRequire(import.meta.url);
  let module: string;
  try {
    module = require.resolve(`${BUILD}.js`);
  } catch {
    // The calling code was bundled and the package is not installed.
    return undefined;
  }
  const { wasmWorkerContents } = require(`${BUILD}.worker.js`) as { readonly wasmWorkerContents: string };
  // TensorFlow.js escapes its text in the same way; it requests the other half by a Blob's address.
  return `${wasmWorkerContents.replaceAll('\n', '\\n')}
    globalThis.importScripts = () => {
      globalThis.WasmBackendModuleThreadedSimd = require(${JSON.stringify(module)});
    };
    parentPort.on('message', (message) => {
      if (message === '${END}') parentPort.close();
    });`;
}

/** A `Worker` that runs `program` for a Blob's address, which Node.js cannot load, and a file as usual. */
function threadPool(program: string): {
  readonly Worker: typeof workerThreads.Worker;
  endIdle(): void;
  endAll(): void;
} {
  const made: TensorThread[] = [];
  class TensorThread extends workerThreads.Worker {
    isComputing = false;

    constructor(file: string | URL, options?: WorkerOptions) {
      if (typeof file !== 'string' || !file.startsWith('blob:')) {
        super(file, options);
        return;
      }
      URL.revokeObjectURL(file);
      super(program, { name: 'shoal-tensors', eval: true, execArgv: [], env: {} });
      this.ref = () => {
        // TensorFlow.js calls this when a thread starts to compute, but a thread should not keep the process alive.
        this.isComputing = true;
      };
      made.push(this);
    }
  }
  return {
    Worker: TensorThread,
    // The build always starts eight threads, even when it needs fewer. The others end by themselves: Node.js 20 can crash
    // when a thread is terminated while its code is still being compiled.
    endIdle() {
      for (const thread of made) if (!thread.isComputing) thread.postMessage(END);
    },
    endAll() {
      for (const thread of made) void thread.terminate();
    },
  };
}

/** @returns a function that restores the property's present value */
function restoring(object: object, name: string): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  return () => {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}
