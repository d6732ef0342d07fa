import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@shoal/core';
import { readTableFile, writeTableFile } from '@shoal/data/node';
import { tableOf } from '@shoal/tables';
import { afterAll, expect, it } from 'vitest';
import { shoal, shoalStoppedAt } from './run-shoal.ts';

const folder = await mkdtemp(join(tmpdir(), 'shoal-parts-'));
afterAll(() => rm(folder, { recursive: true }));

const random = new Random(4);
const table = {
  ...tableOf(
    Array.from({ length: 3_000 }, (_, i) => ({
      size: i % 100 === 7 ? undefined : 30 * (i % 3) + random.normal(),
      price: 1e6 + 5000 * (i % 3) + 500 * random.normal(),
      color: ['red', 'green', 'blue'][i % 3],
    })),
  ),
  name: 'rows',
};
const csv = join(folder, 'rows.csv');
const parquet = join(folder, 'rows.parquet');
await writeTableFile(csv, table);
await writeTableFile(parquet, table);

async function fit(source: string, run: string, ...options: string[]) {
  const all = ['--engine', 'wasm', '--no-report', '-o', join(folder, run), ...options];
  const result = await shoal('fit', source, ...all);
  expect(result.status, result.stderr).toBe(0);
  return result.stderr;
}

const labelsOf = (run: string) => readFile(join(folder, run, 'labels.npy'));

it('fits tables in parts, and writes and predicts their rows', async () => {
  await fit(csv, 'whole', '-k', '3', '--memory', '100GB', '--assignments', 'none');
  for (const source of [csv, parquet]) {
    const said = await fit(source, 'parted', '-k', '3', '--memory', '64MB', '--force');
    expect(said).toContain('3,000 rows, 5 columns of points, in ');
    expect((await labelsOf('parted')).equals(await labelsOf('whole'))).toBe(true);
  }
  const recipes = await Promise.all(
    ['whole', 'parted'].map((run) => readFile(join(folder, run, 'recipe.json'), 'utf8')),
  );
  expect(JSON.parse(recipes[1])).toMatchObject({
    scaling: (JSON.parse(recipes[0]) as { scaling: object }).scaling,
  });
  const written = join(folder, 'parted', 'assignments.csv');
  const assigned = await readTableFile(written);
  expect(assigned.columns.map(({ name }) => name)).toEqual(['size', 'price', 'color', 'cluster', 'distance']);
  expect(assigned.rows).toBe(3_000);

  const output = join(folder, 'predicted.csv');
  const predicted = await shoal('predict', join(folder, 'parted'), csv, '--memory', '64MB', '-o', output);
  expect(predicted.status, predicted.stderr).toBe(0);
  expect(await readFile(output, 'utf8')).toBe(await readFile(written, 'utf8'));
  // Temporary files are gone.
  expect((await readdir(folder)).filter((name) => name.includes('.tmp'))).toEqual([]);
});

it.each(['gmm', 'minibatch-kmeans', 'bayesian-gmm'])('fits %s in parts as in one piece', async (method) => {
  const options = ['-m', method, '-k', '3', '--max-iterations', '5', '--force', '--assignments', 'none'];
  await fit(csv, 'whole', ...options, '--memory', '100GB');
  await fit(csv, 'parted', ...options, '--memory', '64MB');
  expect((await labelsOf('parted')).equals(await labelsOf('whole'))).toBe(true);
});

it('a method that needs all points is fitted to a sample, and labels the others', async () => {
  const said = await fit(csv, 'sampled', '-m', 'hdbscan', '--memory', '64MB', '--assignments', 'none');
  expect(said).toContain('--method hdbscan needs all points at once, so it is fitted to 3,000 random rows');
  const metrics = JSON.parse(await readFile(join(folder, 'sampled', 'metrics.json'), 'utf8')) as object;
  expect(metrics).toMatchObject({ sampleRows: 3_000 });
});

it.each(['kmeans', 'gmm'])('a stopped fit of %s goes on with --resume, to the same bits', async (method) => {
  const options = [
    '-m',
    method,
    '-k',
    '9',
    '--tol',
    '0',
    '--memory',
    '64MB',
    '--assignments',
    'none',
    '--force',
  ];
  await fit(csv, 'straight', ...options);
  const folderOf = join(folder, 'stopped');
  const all = ['fit', csv, '--engine', 'wasm', '-o', folderOf, ...options];
  const stopped = await shoalStoppedAt('iterations', ...all);
  expect(stopped.status).not.toBe(0);
  expect(await readdir(folder)).toContain('stopped.resume');
  const other = await shoal(...all, '--resume', '--seed', '5');
  expect(other.stderr).toContain('is of another fit');
  const resumed = await shoal(...all, '--resume');
  expect(resumed.status, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain('Going on with the stopped fit');
  for (const file of ['labels.npy', 'model.safetensors', 'history.json']) {
    expect(await readFile(join(folderOf, file))).toEqual(await readFile(join(folder, 'straight', file)));
  }
  expect(await readdir(folder)).not.toContain('stopped.resume');
});

it('chooses the number of clusters by a sample', async () => {
  const said = await fit(csv, 'chosen', '-k', '2..5', '--memory', '64MB', '--assignments', 'none');
  expect(said).toContain('These were 3,000 random rows.');
});
