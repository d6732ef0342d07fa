import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TensorData } from '@shoal/core';
import { writeNpy, writeSafetensors } from '@shoal/data';
import { afterAll, expect, it } from 'vitest';
import { readPartedFile } from './parted-file.ts';
import { readPointsFile } from './points-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'shoal-parts-'));
afterAll(() => rm(folder, { recursive: true }));

const ROWS = 300_000;
const shape = [ROWS, 2];
const values = Float32Array.from({ length: ROWS * 2 }, (_, i) => i / 7);
const idx = new Uint8Array(12 + ROWS * 2).map((_, i) => i % 251);
idx.set([0, 0, 8, 2]);
new DataView(idx.buffer).setUint32(4, ROWS);
new DataView(idx.buffer).setUint32(8, 2);

const FILES: Readonly<Record<string, Uint8Array>> = {
  'floats.npy': writeNpy({ data: values, shape }),
  'doubles.npy': writeNpy({ data: Float64Array.from(values), shape }),
  'integers.npy': writeNpy({ data: Int32Array.from(values), shape }),
  'bytes.idx': idx,
  'floats.safetensors': writeSafetensors({
    first: { data: Uint32Array.of(1), shape: [1] },
    points: { data: values, shape },
  }),
};

it.each(Object.keys(FILES))('the parts of %s are its points', async (file) => {
  const path = join(folder, file);
  await writeFile(path, FILES[file]);
  const options = file.endsWith('safetensors') ? { tensor: 'points' } : {};
  const parted = await readPartedFile(path, { ...options, memoryBytes: 2 ** 20, scale: 0.5 });
  const expected = await readPointsFile(path, { ...options, scale: 0.5 });
  const pieces: TensorData[] = [];
  for (const part of parted?.points.parts ?? []) {
    const { data, rows, columns, scale } = await part.load();
    expect({ rows, columns, scale }).toEqual({ rows: part.rows, columns: 2, scale: 0.5 });
    pieces.push(data);
  }
  const joined = pieces.flatMap((piece) => Array.from(piece));
  expect(joined).toEqual(Array.from(expected.points.data));
  expect(pieces.length > 1).toBe(parted !== undefined && parted.bytes > 2 ** 20);
});

it('files of a pattern are parts in order, and must have the same columns', async () => {
  const numbers = (count: number, columns: number) =>
    writeNpy({ data: Float32Array.from({ length: count }, (_, i) => i), shape: [count / columns, columns] });
  await writeFile(join(folder, 'shard-2.npy'), numbers(8, 2));
  await writeFile(join(folder, 'shard-10.npy'), numbers(6, 2));
  const parted = await readPartedFile(join(folder, 'shard-*.npy'), { memoryBytes: 2 ** 20 });
  expect(parted?.points.parts.map(({ rows }) => rows)).toEqual([4, 3]);
  await writeFile(join(folder, 'shard-11.npy'), numbers(6, 3));
  await expect(readPartedFile(join(folder, 'shard-*.npy'), { memoryBytes: 2 ** 20 })).rejects.toThrow(
    'it has 3 columns, but the files before it have 2',
  );
});

it('says nothing of files that are not read by ranges, and refuses those that are cut short', async () => {
  await writeFile(join(folder, 'table.csv'), 'a,b\n1,2\n');
  expect(await readPartedFile(join(folder, 'table.csv'), { memoryBytes: 2 ** 20 })).toBeUndefined();
  await writeFile(join(folder, 'short.npy'), FILES['floats.npy'].subarray(0, 1000));
  await expect(readPartedFile(join(folder, 'short.npy'), { memoryBytes: 2 ** 20 })).rejects.toThrow(
    'short.npy',
  );
});
