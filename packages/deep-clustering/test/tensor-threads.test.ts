import { execFile } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { promisify } from 'node:util';
import workerThreads, { Worker } from 'node:worker_threads';
import { InvalidArgumentError } from '@shoal/core';
import { env } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Autoencoder } from '../src/index.ts';
import { createTensorBackend } from '../src/node/index.ts';
import { startingWithThreads } from '../src/node/tensor-threads.ts';
import { stripes } from './stripes.ts';

const FLAG = 'WASM_HAS_MULTITHREAD_SUPPORT';
const entry = new URL('../dist/node/index.js', import.meta.url).href;

/** All globals that are replaced while threads start. */
const replaced = () => [
  Object.getOwnPropertyDescriptor(URL, 'createObjectURL'),
  os.cpus,
  workerThreads.Worker,
  Object.getOwnPropertyDescriptor(globalThis, 'Worker'),
  Object.getOwnPropertyDescriptor(env().getFlags(), FLAG),
  process.listeners('uncaughtException'),
  process.listeners('unhandledRejection'),
];

/** Runs the built package (`pnpm build` first) in a process that must end by itself. */
async function printedBy(script: string, ...flags: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--input-type=module', '--eval', script],
    { cwd: new URL('..', import.meta.url), timeout: 30_000 },
  );
  return stdout.trim();
}

test('one thread and two give the same weights, bit for bit', async () => {
  const trained = async (threads: number) => {
    const backend = await createTensorBackend({ kind: 'wasm', threads });
    expect(backend.threads).toBe(threads);
    const model = await new Autoencoder({
      layers: [96, 10],
      epochs: 3,
      batchSize: 100,
      loss: 'binary-crossentropy',
      noise: 0.2,
      backend,
    }).fit(stripes(330, 150, 1), { validation: stripes(70, 150, 2) });
    const { history } = model;
    const state = model.toState();
    backend.destroy();
    return { history, state };
  };
  expect(await trained(2)).toEqual(await trained(1));
});

test('starting leaves everything as it was', async () => {
  const before = replaced();
  const backend = await createTensorBackend({ kind: 'wasm', threads: 2 });
  expect(replaced()).toEqual(before);
  backend.destroy();
  expect(replaced()).toEqual(before);
});

test('a failed start also leaves everything as it was', async () => {
  const before = replaced();
  const failing = startingWithThreads(2, () => {
    expect(replaced()).not.toEqual(before);
    return Promise.reject(new Error('no'));
  });
  await expect(failing).rejects.toThrow('no');
  expect(replaced()).toEqual(before);
});

test('while threads start, a Worker of other code runs its own program', async () => {
  const answer = await startingWithThreads(2, async () => {
    const worker = new workerThreads.Worker("require('node:worker_threads').parentPort.postMessage(7)", {
      eval: true,
    });
    return once(worker, 'message');
  });
  expect(answer).toEqual([7]);
});

test.each([0, -1, 1.5, NaN])('refuses %s threads', async (threads) => {
  const opening = createTensorBackend({ kind: 'wasm', threads });
  await expect(opening).rejects.toThrow(InvalidArgumentError);
  await expect(opening).rejects.toThrow(`threads must be a whole number of at least 1; got ${threads}.`);
});

test('shared backends share their threads', async () => {
  const first = await createTensorBackend({ kind: 'wasm', threads: 2 });
  const second = await createTensorBackend({ kind: 'wasm', threads: 1 });
  expect([first.threads, second.threads]).toEqual([2, 2]);
  first.destroy();
  expect(second.run(() => 7)).toBe(7);
  second.destroy();
});

test('there are at most eight threads, and one without SIMD', async () => {
  const opened = async () => {
    const backend = await createTensorBackend({ kind: 'wasm', threads: 9 });
    backend.destroy();
    return backend.threads;
  };
  expect(await opened()).toBe(8);
  env().set('WASM_HAS_SIMD_SUPPORT', false);
  try {
    expect(await opened()).toBe(1);
  } finally {
    Reflect.deleteProperty(env().getFlags(), 'WASM_HAS_SIMD_SUPPORT');
  }
});

const training = `
  import { createTensorBackend } from '@shoal/deep-clustering/node';
  import { Autoencoder } from '@shoal/deep-clustering';
  const backend = await createTensorBackend({ kind: 'wasm', threads: 2 });
  const points = { data: new Float32Array(200 * 150).fill(0.5), rows: 200, columns: 150, location: 'host', scale: 1 };
  await new Autoencoder({ layers: [32, 4], epochs: 1, backend }).fit(points);
  console.log(backend.threads);`;

test('a process ends by itself, with the backend disposed or not', async () => {
  expect(await printedBy(training)).toBe('2');
  expect(await printedBy(`${training} backend.destroy();`)).toBe('2');
});

test('starting keeps one thread beside the calling one, disposing keeps no thread', async () => {
  const count = `
    import workerThreads from 'node:worker_threads';
    let running = 0;
    const { Worker } = workerThreads;
    workerThreads.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        running++;
        this.on('exit', () => { running--; });
      }
    };
    const settled = async (expected) => {
      for (let i = 0; i < 200 && running !== expected; i++) await new Promise((go) => setTimeout(go, 50));
      return running;
    };
    const { createTensorBackend } = await import('@shoal/deep-clustering/node');
    const backend = await createTensorBackend({ kind: 'wasm', threads: 2 });
    const open = await settled(1);
    backend.destroy();
    console.log(open, await settled(0));`;
  expect(await printedBy(count)).toBe('1 0');
});

test('a process whose start fails says why and ends', async () => {
  const failing = `
    import { createTensorBackend } from '@shoal/deep-clustering/node';
    await createTensorBackend({ kind: 'wasm', threads: 2, wasmFiles: 'nowhere/' }).catch((error) => {
      console.log(error.name);
    });`;
  expect(await printedBy(failing)).toBe('UnsupportedError');
});

test('a process that may not start threads computes on one thread', async () => {
  const known = process.allowedNodeEnvironmentFlags.has('--permission');
  const flag = known ? '--permission' : '--experimental-permission';
  expect(await printedBy(training, flag, '--allow-fs-read=*')).toBe('1');
});

test('a worker thread can have its own threads', async () => {
  const program = `
    import(${JSON.stringify(entry)}).then(async ({ createTensorBackend }) => {
      const backend = await createTensorBackend({ kind: 'wasm', threads: 2 });
      require('node:worker_threads').parentPort.postMessage(backend.threads);
    });`;
  const worker = new Worker(program, { eval: true, execArgv: [] });
  expect(await once(worker, 'message')).toEqual([2]);
  await once(worker, 'exit');
});
