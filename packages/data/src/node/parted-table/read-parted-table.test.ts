import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sliceRows } from '@shoal/core';
import { columnFromArray, dictionary, float64, tableFromColumns, tableToIPC, utf8 } from '@uwdata/flechette';
import { Recipe, tableOf, type Table } from '@shoal/tables';
import { afterAll, expect, it } from 'vitest';
import { writeTableFile } from '../write-table-file.ts';
import { readTableFile } from '../points-file.ts';
import { readPartedTable } from './read-parted-table.ts';

const folder = await mkdtemp(join(tmpdir(), 'shoal-parted-table-'));
afterAll(() => rm(folder, { recursive: true }));

/** Some pieces of a megabyte of text. */
const ROWS = 40_000;
const WORDS = ['red', 'green, and\n"blue"', 'blue'];
const rows = Array.from({ length: ROWS }, (_, i) => ({
  size: i % 97 === 5 ? undefined : (i * 7919) % 1000,
  price: ((i * 104729) % 5000) / 7,
  color: WORDS[i % 3],
}));
const table: Table = { ...tableOf(rows), name: 'rows' };

const FILES = ['rows.csv', 'rows.tsv', 'rows.ndjson', 'rows.parquet'];

it.each(FILES)('the points of %s in parts are those of the whole table', async (file) => {
  const path = join(folder, file);
  await writeTableFile(path, table);
  const whole = await readTableFile(path);
  const recipe = Recipe.fit(whole);
  const parted = await readPartedTable(path, {
    memoryBytes: 2 ** 30,
    folder,
    recipe: (all) => Recipe.fit(all),
  });
  expect(parted?.sampleRows).toBeUndefined();
  expect(parted?.recipe.toState()).toEqual(recipe.toState());
  const expected = recipe.transform(whole).points;
  const values = new Float32Array(expected.data.length);
  let at = 0;
  for (const { load } of parted?.points.parts ?? []) {
    const { data } = await load();
    values.set(data, at);
    at += data.length;
  }
  expect(at).toBe(values.length);
  expect(expected.data.findIndex((value, i) => values[i] !== Math.fround(value))).toBe(-1);
  await parted?.close();
});

it.each([
  ['csv', ['unknown', '3 kg', '4.5 kg', '9 kg']],
  ['parquet', [-999, 3, 4.5, 9]],
] as const)('missing values and units are those of the whole table: %s', async (ending, mass) => {
  const path = join(folder, `missing.${ending}`);
  await writeTableFile(path, tableOf({ mass }));
  const missingValues = ['-999', 'unknown'];
  const whole = await readTableFile(path, { missingValues });
  const recipe = Recipe.fit(whole);
  const parted = await readPartedTable(path, {
    memoryBytes: 2 ** 30,
    folder,
    missingValues,
    recipe: (all) => Recipe.fit(all),
  });
  expect(parted?.recipe.toState()).toEqual(recipe.toState());
  expect(parted?.without).toEqual([0]);
  await parted?.close();
});

it.each(['file', 'stream'] as const)('reads an Arrow %s by batches', async (format) => {
  const sizes = rows.slice(0, 1000).map(({ price }) => price);
  const words = rows.slice(0, 1000).map(({ color }) => color);
  const arrow = tableFromColumns({
    price: columnFromArray(sizes, float64(), { maxBatchRows: 300 }),
    color: columnFromArray(words, dictionary(utf8()), { maxBatchRows: 300 }),
  });
  const path = join(folder, `${format}.arrow`);
  await writeFile(path, tableToIPC(arrow, { format }) ?? new Uint8Array());
  const whole = await readTableFile(path);
  const recipe = Recipe.fit(whole);
  const parted = await readPartedTable(path, { memoryBytes: 2 ** 30, folder, recipe: () => recipe });
  expect(parted?.points.parts.map((part) => part.rows)).toEqual([300, 300, 300, 100]);
  const last = await parted?.points.parts[3].load();
  const expected = sliceRows(recipe.transform(whole).points, 900, 1000);
  expect(Array.from(last?.data ?? [])).toEqual(Array.from(expected.data, Math.fround));
  await parted?.close();
});

it('an Arrow file that is cut short is an error', async () => {
  const path = join(folder, 'short.arrow');
  const bytes = await readFile(join(folder, 'stream.arrow'));
  await writeFile(path, bytes.subarray(0, bytes.length - 2000));
  const reading = readPartedTable(path, { memoryBytes: 2 ** 30, folder, recipe: (all) => Recipe.fit(all) });
  await expect(reading).rejects.toThrow('short.arrow');
});

it('a text is read in pieces, and a recipe learned from a sample of its rows', async () => {
  const path = join(folder, 'pieces.csv');
  await writeTableFile(path, table);
  const options = { memoryBytes: 2 ** 24, folder, seed: 3 };
  const samples: Table[] = [];
  const recipe = (sample: Table) => {
    samples.push(sample);
    return Recipe.fit(sample);
  };
  const parted = await readPartedTable(path, { ...options, recipe });
  expect(parted?.points.parts.length).toBeGreaterThan(1);
  expect(parted?.rows).toBe(ROWS);
  expect(parted?.sampleRows).toBe(samples[0].rows);
  expect(samples[0].rows).toBeGreaterThan(2 ** 24 / 16 / 48 / 2 - 1000);
  expect(samples[0].rows).toBeLessThan(ROWS);
  const pieces: Table[] = [];
  for await (const piece of parted?.pieces() ?? []) pieces.push(piece);
  expect(pieces.reduce((sum, piece) => sum + piece.rows, 0)).toBe(ROWS);
  const [first] = parted?.points.parts ?? [];
  const all = await first.load();
  const some = await first.loadRows?.(Uint32Array.of(7, 2));
  expect(Array.from(some?.data ?? [])).toEqual([
    ...all.data.subarray(7 * all.columns, 8 * all.columns),
    ...all.data.subarray(2 * all.columns, 3 * all.columns),
  ]);
  // The sample does not depend on where pieces end.
  await readPartedTable(path, { ...options, memoryBytes: 2 ** 24 + 4096, recipe }).then((other) =>
    other?.close(),
  );
  expect(samples[1].columns).toEqual(samples[0].columns);
  await parted?.close();
});

it('numbers that stay as they are keep all their digits, and rows without values get no point', async () => {
  const path = join(folder, 'times.csv');
  const lines = Array.from({ length: 100 }, (_, i) =>
    i === 40 ? ',' : `${1.6e12 + i + 0.5},${(i * i) % 7}`,
  );
  await writeFile(path, `a,b\n${lines.join('\n')}\n`);
  const recipe = (sample: Table) => Recipe.fit(sample, { scaling: 'none' });
  const parted = await readPartedTable(path, { memoryBytes: 2 ** 30, folder, recipe });
  expect(parted?.without).toEqual([40]);
  const [first] = parted?.points.parts ?? [];
  expect((await first.load()).data[2]).toBe(1.6e12 + 1.5);
  await parted?.close();
});

it('leaves no files, also when a piece cannot be read', async () => {
  const path = join(folder, 'broken.csv');
  await writeFile(path, `a,b\n${'1,2\n'.repeat(400_000)}3,4,5\n`);
  const reading = readPartedTable(path, { memoryBytes: 2 ** 24, folder, recipe: (all) => Recipe.fit(all) });
  await expect(reading).rejects.toThrow('broken.csv');
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
