import { parentPort, workerData } from 'node:worker_threads';
import { ShoalError, type Progress } from '@shoal/core';
import { openEngine, type EngineRequest } from '../engines.ts';
import type { ColumnJob, ColumnRun } from './column-types.ts';
import { runColumn } from './run-column.ts';

/** The input of a worker. */
export interface ColumnWorkerData {
  readonly job: ColumnJob;
  readonly engine: EngineRequest;
}

/** The messages of a worker to its parent. Defects arrive there as the worker's `error` event. */
export type ColumnWorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly run: ColumnRun }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

const { job, engine } = workerData as ColumnWorkerData;
const post = (message: ColumnWorkerMessage): void => {
  parentPort?.postMessage(message);
};

try {
  const opened = await openEngine(engine);
  try {
    // The parent cancels by terminating the worker, so the signal here never fires.
    const run = await runColumn(job, opened, new AbortController().signal, (progress) => {
      post({ kind: 'progress', progress });
    });
    post({ kind: 'done', run });
  } finally {
    opened.destroy();
  }
} catch (error) {
  // Error classes are lost between threads, but their codes are kept.
  if (!(error instanceof ShoalError)) throw error;
  post({ kind: 'failed', code: error.code, message: error.message });
}
