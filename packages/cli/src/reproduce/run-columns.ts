import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ShoalError, type Progress, type ProgressListener } from '@shoal/core';
import type { EngineRequest, OpenEngine } from '../engines.ts';
import type { ColumnWorkerData, ColumnWorkerMessage } from './column-worker.ts';
import type { ColumnJob, ColumnRun } from './column-types.ts';
import { runColumn } from './run-column.ts';

/** Greatest number of columns at once: more would only wait for memory. */
const MAX_WORKERS = 4;
/** The default number of threads of an autoencoder. */
const MAX_TENSOR_THREADS = 4;

/**
 * Runs all columns: one after the other on a GPU, side by side in worker threads where each column keeps one CPU core
 * busy. Both ways give the same results.
 *
 * @returns one run per job, in the order of the jobs
 */
export async function runColumns(
  jobs: readonly ColumnJob[],
  request: EngineRequest,
  opened: OpenEngine,
  signal: AbortSignal,
  onProgress: ProgressListener,
): Promise<ColumnRun[]> {
  const fractions = new Float64Array(jobs.length);
  const report = (index: number) => (progress: Progress) => {
    fractions[index] = progress.completed;
    const { column, seed } = jobs[index];
    onProgress({
      phase: 'reproduce',
      completed: Math.round(1000 * fractions.reduce((sum, fraction) => sum + fraction, 0)),
      total: 1000 * jobs.length,
      message: `${column}, seed ${seed}: ${progress.phase} ${progress.message ?? ''}`,
    });
  };
  const onGpu = opened.engine.name === 'webgpu';
  const workers = onGpu ? 1 : Math.min(availableParallelism(), MAX_WORKERS, jobs.length);
  const tensorThreads = Math.max(
    1,
    Math.floor(Math.min(availableParallelism(), MAX_TENSOR_THREADS) / workers),
  );
  const runs = new Array<ColumnRun>(jobs.length);
  let next = 0;
  // When one job fails, the others' work is lost anyway, so end them.
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const work = async (): Promise<void> => {
    while (next < jobs.length) {
      const index = next++;
      runs[index] =
        workers === 1
          ? await runColumn(jobs[index], opened, stop, report(index))
          : await runInWorker(
              { job: jobs[index], engine: { ...request, tensorThreads } },
              stop,
              report(index),
            );
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
  return runs;
}

/** A typed error from a worker thread, with its code. */
class WorkerFailure extends ShoalError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How long a worker may take to end after its answer; it takes some milliseconds. */
const PATIENCE_MS = 2000;

function runInWorker(
  data: ColumnWorkerData,
  signal: AbortSignal,
  onProgress: ProgressListener,
): Promise<ColumnRun> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL('./column-worker.js', import.meta.url), { workerData: data });
    const end = (): void => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    let patience: NodeJS.Timeout | undefined;
    let run: ColumnRun | undefined;
    let problem: Error | undefined;
    worker.on('message', (message: ColumnWorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else {
        if (message.kind === 'done') run = message.run;
        else problem = new WorkerFailure(message.code, message.message);
        // It ends by itself: Node.js 20 can crash when a thread is terminated while its code is still being compiled.
        patience = setTimeout(end, PATIENCE_MS);
      }
    });
    worker.on('error', (error) => {
      problem = error;
    });
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', end);
      clearTimeout(patience);
      if (signal.aborted) reject(signal.reason as Error);
      else if (run !== undefined) resolve(run);
      else reject(problem ?? new Error(`A worker of the reproduction ended early with exit status ${code}.`));
    });
  });
}
