import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import { expect, it } from 'vitest';
import { gzipped, idx } from '../../test/bytes.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { loadDataset } from './load-dataset.ts';
import { readLabelsFile, readPointsFile } from './points-file.ts';

it('loads garments by name, with their options', async () => {
  const { name, train, test } = await loadDataset('garments', { train: 20, test: 10, seed: 3 });
  expect([name, train.points.rows, test.points.rows]).toEqual(['garments', 20, 10]);
});

it('rejects an unknown name, and lists the known ones', async () => {
  await expect(loadDataset('mnist')).rejects.toThrow(InvalidArgumentError);
  await expect(loadDataset('mnist')).rejects.toThrow(/fashion-mnist and garments/);
});

it('reads points and labels from files', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'points.csv'), '1,2\n3,4\n');
  await writeFile(join(folder, 'labels.gz'), gzipped(idx([2], [7, 8])));
  const { name, points } = await readPointsFile(join(folder, 'points.csv'));
  expect(name).toBe('points.csv');
  expect(points.data).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(await readLabelsFile(join(folder, 'labels.gz'))).toEqual(Uint8Array.of(7, 8));
});

it('names the whole path, row and column of a bad value', async () => {
  const path = join(await temporaryFolder(), 'points.csv');
  await writeFile(path, '1,2\n3,x\n');
  await expect(readPointsFile(path)).rejects.toMatchObject({ file: path, column: 2 });
  await expect(readPointsFile(path)).rejects.toThrow(/row 2 of the data has "x"/);
});

it('fails on a file that does not exist, and when aborted', async () => {
  const path = join(await temporaryFolder(), 'points.csv');
  await expect(readPointsFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
  await writeFile(path, '1\n');
  await expect(readPointsFile(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
