import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import predicted from './fixtures/runs-0.1.0/predicted.json' with { type: 'json' };
import { shoal } from './run-shoal.ts';

const folder = join(import.meta.dirname, 'fixtures', 'runs-0.1.0');

it.each(Object.entries(predicted))('%s predicts what it did when it was saved', async (run, labels) => {
  const points = join(folder, 'new-points.csv');
  const { status, stdout, stderr } = await shoal(
    ...['predict', join(folder, run), points, '--engine', 'wasm', '--threads', '2', '--json'],
  );
  expect(status, stderr).toBe(0);
  expect((JSON.parse(stdout) as { labels: number[] }).labels.join('')).toBe(labels);
});

it('has the labels of every run', async () => {
  const entries = await readdir(folder, { withFileTypes: true });
  const runs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(runs.sort()).toEqual(Object.keys(predicted).sort());
});
