import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StateError } from '@shoal/core';
import { ones, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createTensorBackend } from '../src/node/index.ts';

const errors = () =>
  (['uncaughtException', 'unhandledRejection'] as const).map((event) =>
    process.listeners(event as 'uncaughtException'),
  );

test("TensorFlow.js does not change the process's error handlers, at its start and its end", async () => {
  const before = errors();
  expect(before.flat().length).toBeGreaterThan(0); // Vitest's own
  const backend = await createTensorBackend({ kind: 'wasm' });
  expect(errors()).toEqual(before);
  backend.destroy();
  expect(backend.destroyed).toBe(true);
  expect(errors()).toEqual(before);
});

test('wasm starts again after it was destroyed', async () => {
  (await createTensorBackend({ kind: 'wasm' })).destroy();
  const backend = await createTensorBackend({ kind: 'wasm' });
  expect(backend.run(() => 7)).toBe(7);
  backend.destroy();
});

test('leaves TensorFlow.js able to start its own backend afterwards, and never takes over a running one', async () => {
  (await createTensorBackend({ kind: 'wasm' })).destroy();
  expect(await setBackend('wasm')).toBe(true);
  const theirs = ones([2]);
  await expect(createTensorBackend({ kind: 'wasm' })).rejects.toThrow(StateError);
  expect([...theirs.dataSync()]).toEqual([1, 1]);
  theirs.dispose();
  removeBackend('wasm');
});

test('TensorFlow.js prints nothing in Node.js', async () => {
  const script = `
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
    tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync());`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: new URL('..', import.meta.url) },
  );
  expect([stdout, stderr]).toEqual(['', '']);
});
