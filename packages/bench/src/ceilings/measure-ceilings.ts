import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerFile } from '../worker-file.ts';
import { probeModule } from './probe-module.ts';

/** The greatest speeds of this machine in WebAssembly, on one thread and on all. */
export interface Ceilings {
  readonly threads: number;
  /** f32x4 multiplications and additions, GFLOP/s. */
  readonly multiplyAdd: OneAndAll;
  /** Fused multiply-adds of relaxed SIMD, GFLOP/s; null when the runtime does not have them. */
  readonly fusedMultiplyAdd: OneAndAll | null;
  /** Bytes read and written by copying memory, GB/s. */
  readonly copy: OneAndAll;
}

interface OneAndAll {
  readonly oneThread: number;
  readonly allThreads: number;
}

/** Much more than a core's own caches hold. */
const COPY_BYTES = 1 << 27;
const CALLS_OF_MULTIPLY_ADD = 100_000;

/** Measures the ceilings, the best of three each; about 5 s, or almost no time in a quick run. */
export async function measureCeilings(quick: boolean, signal: AbortSignal): Promise<Ceilings> {
  const copyBytes = quick ? 1 << 20 : COPY_BYTES;
  const timing = quick ? { warmUpMs: 10, ms: 10 } : { warmUpMs: 300, ms: 200 };
  const threads = availableParallelism();
  const plain = probeModule(false, copyBytes);
  const fused = probeModule(true, copyBytes);

  const oneAndAll = async (
    bytes: Uint8Array<ArrayBuffer>,
    operation: 'multiplyAdd' | 'copy',
    argument: number,
    unitsPerCall: number,
  ): Promise<OneAndAll> => {
    const job = { module: await WebAssembly.compile(bytes), operation, argument, ...timing };
    const oneThread = (await callsPerSecond(job, 1, signal)) * unitsPerCall;
    const allThreads = (await callsPerSecond(job, threads, signal)) * unitsPerCall;
    return { oneThread, allThreads };
  };
  const flops = (plain.flops * CALLS_OF_MULTIPLY_ADD) / 1e9;
  return {
    threads,
    multiplyAdd: await oneAndAll(plain.bytes, 'multiplyAdd', CALLS_OF_MULTIPLY_ADD, flops),
    fusedMultiplyAdd: WebAssembly.validate(fused.bytes)
      ? await oneAndAll(fused.bytes, 'multiplyAdd', CALLS_OF_MULTIPLY_ADD, flops)
      : null,
    copy: await oneAndAll(plain.bytes, 'copy', copyBytes, (2 * copyBytes) / 1e9),
  };
}

interface Job {
  readonly module: WebAssembly.Module;
  readonly operation: string;
  readonly argument: number;
  readonly warmUpMs: number;
  readonly ms: number;
}

/** The answer of a worker: how often it ran the operation, and in what time. */
interface Repeated {
  readonly calls: number;
  readonly ms: number;
}

async function callsPerSecond(job: Job, threads: number, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const workers = Array.from(
    { length: threads },
    () => new Worker(workerFile('ceiling.mjs'), { workerData: job }),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message', { signal })));
    let best = 0;
    for (let attempt = 0; attempt < 3; attempt++) {
      const answers = await Promise.all(
        workers.map(async (worker) => {
          const answer = once(worker, 'message', { signal });
          worker.postMessage(job.ms);
          return (await answer)[0] as Repeated;
        }),
      );
      best = Math.max(
        best,
        answers.reduce((sum, { calls, ms }) => sum + (1000 * calls) / ms, 0),
      );
    }
    return best;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
