import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@shoal/core';
import { writeNpy } from '@shoal/data';
import { expect, it } from 'vitest';
import { parseMemory } from '../src/parts/memory.ts';
import { shoal, temporaryFolder } from './run-shoal.ts';

/** Some parts, of 2 MB each with the least memory. */
const ROWS = 300_000;

it('fits and labels arrays that are larger than the memory, with the bits of one piece', async () => {
  const folder = await temporaryFolder();
  const random = new Random(4);
  const data = Float32Array.from({ length: ROWS * 2 }, (_, i) => (i % 3) * 4 + random.uniform());
  const points = join(folder, 'points.npy');
  await writeFile(points, writeNpy({ data, shape: [ROWS, 2] }));
  const fit = (run: string, ...options: string[]) =>
    shoal('fit', points, '-k', '3', '--engine', 'wasm', '--no-report', '-o', join(folder, run), ...options);
  const whole = await fit('whole', '--memory', '100GB');
  expect(whole.status, whole.stderr).toBe(0);
  expect(whole.stderr).not.toContain('parts');
  const parted = await fit('parted', '--memory', '64MB');
  expect(parted.status, parted.stderr).toBe(0);
  expect(parted.stderr).toContain('in 2 parts, because they take 0.0024 GB and the memory is 0.064 GB');
  const [labels, expected] = await Promise.all(
    ['parted', 'whole'].map((run) => readFile(join(folder, run, 'labels.npy'))),
  );
  expect(labels.equals(expected)).toBe(true);
  const inertias = await Promise.all(
    ['parted', 'whole'].map(async (run) => {
      const metrics = JSON.parse(await readFile(join(folder, run, 'metrics.json'), 'utf8')) as {
        readonly objective: { readonly value: number };
      };
      return metrics.objective.value;
    }),
  );
  expect(inertias[0]).toBe(inertias[1]);

  const output = join(folder, 'predicted.npy');
  const predicted = await shoal('predict', join(folder, 'parted'), points, '--memory', '64MB', '-o', output);
  expect(predicted.status, predicted.stderr).toBe(0);
  expect(predicted.stderr).toContain('in 2 parts');
  expect((await readFile(output)).equals(expected)).toBe(true);

  const evaluate = (...options: string[]) =>
    shoal('evaluate', join(folder, 'parted'), '--data', points, '--sample', '500', '--json', ...options);
  const scored = await evaluate('--memory', '64MB');
  expect(scored.status, scored.stderr).toBe(0);
  expect(scored.stderr).toContain('in 2 parts');
  expect(JSON.parse(scored.stdout)).toEqual(JSON.parse((await evaluate('--memory', '100GB')).stdout));
  const density = await evaluate('--memory', '64MB', '--dbcv');
  expect(density.status).toBe(2);
  expect(density.stderr).toContain('--dbcv needs all points at once, but points.npy is read in parts.');
});

it('says what is wrong with a file that is too large to be read as a whole', async () => {
  const points = join(await temporaryFolder(), 'longer.npy');
  await writeFile(points, writeNpy({ data: new Float32Array(6), shape: [3, 2] }));
  // A file without blocks on the disk.
  await truncate(points, 3 * 2 ** 30);
  const { status, stderr } = await shoal('fit', points, '-k', '2', '--no-report');
  expect(status).toBe(2);
  expect(stderr).toContain('longer.npy: the NPY header announces 3 x 2 elements, 152 bytes in all');
});

it('warns when the labels alone take more than the memory', async () => {
  const folder = await temporaryFolder();
  const points = join(folder, 'zeros.npy');
  const rows = 5_000_000;
  await writeFile(points, writeNpy({ data: new Uint8Array(rows), shape: [rows, 1] }));
  const options = [
    '-k',
    '1',
    '--init',
    'random',
    '--no-report',
    '--memory',
    '64MB',
    '-o',
    join(folder, 'run'),
  ];
  const { status, stderr } = await shoal('fit', points, ...options);
  expect(status, stderr).toBe(0);
  expect(stderr).toContain(
    'warning: What is kept of 5,000,000 rows, such as their labels, may take 0.080 GB, more than the memory of 0.064 GB.',
  );
});

it('--memory takes a number and a unit', () => {
  expect(parseMemory('2GB')).toBe(2e9);
  expect(parseMemory('1.5 gib')).toBe(1.5 * 2 ** 30);
  for (const wrong of ['2', 'GB', '-1GB', '1kB', '2XB', '10MB'])
    expect(() => parseMemory(wrong)).toThrow(`got "${wrong}"`);
});
