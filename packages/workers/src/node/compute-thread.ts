import { parentPort, workerData } from 'node:worker_threads';
import { ShoalError } from '@shoal/core';
import type { FromThread, PartTask, ThreadSettings, ToThread } from './messages.ts';
import { PartStore } from './part-store.ts';

/** Shared arrays that are kept, because several parts read the same ones. */
const KEPT_ARRAYS = 64;

/**
 * The thread of a worker that reads and computes. The main thread stays free to say that the worker lives, however long a part
 * takes.
 */
const settings = workerData as ThreadSettings;
const waiting = new Map<number, (message: Extract<ToThread, { readonly type: 'array' | 'sum' }>) => void>();
const kept = new Map<string, Float64Array>();
let requests = 0;
/** One thing at a time: parts have a state. */
let turns: Promise<void> = Promise.resolve();

const store = new PartStore(settings, {
  array: async (fit, name) => {
    const key = `${fit}/${name}`;
    const known = kept.get(key);
    if (known) return known;
    const message = await request({ type: 'array', id: ++requests, fit, name });
    if (message.type !== 'array' || !message.values) {
      throw new Error(message.type === 'array' ? message.error : 'not an array');
    }
    kept.set(key, message.values);
    for (const oldest of kept.keys()) if (kept.size > KEPT_ARRAYS) kept.delete(oldest);
    return message.values;
  },
  sum: async (fit, part) => {
    const message = await request({ type: 'sum', id: ++requests, fit, part });
    return message.type === 'sum' ? message.sum : undefined;
  },
});

parentPort?.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'ask':
      turns = turns.then(() => answer(message.id, message.task));
      break;
    case 'forget':
      turns = turns.then(() => store.forget(message.fits));
      break;
    case 'array':
    case 'sum':
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
  }
});

async function answer(id: number, task: PartTask): Promise<void> {
  const startedAt = performance.now();
  try {
    const { values, sum } = await store.answer(task);
    const seconds = (performance.now() - startedAt) / 1000;
    // A copy: what an engine gives may lie in memory that its threads share.
    post({ type: 'answer', id, values: values.slice(), seconds, sum, held: store.held(task.fit) });
  } catch (error) {
    const { message } = error as Error;
    const isFinal = error instanceof ShoalError ? error.code !== 'DOWNLOAD' : isMissing(error);
    post({ type: 'error', id, message, isFinal });
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function request(
  message: Extract<FromThread, { readonly type: 'array' | 'sum' }>,
): Promise<Extract<ToThread, { readonly type: 'array' | 'sum' }>> {
  return new Promise((resolve) => {
    waiting.set(message.id, resolve);
    post(message);
  });
}

function post(message: FromThread): void {
  parentPort?.postMessage(message);
}
