import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parquetFormat } from '../src/formats/parquet.ts';
import { accessBytes } from '../src/formats/random-access.ts';
import { readTableFile } from '../src/node/index.ts';
import { COLUMNAR_FILES, plainColumns } from './columnar-fixtures.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { name, bytes, columns } = COLUMNAR_FILES[0];

it('reads a file on a disk in parts, with only the columns asked for', async () => {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  expect(plainColumns(await readTableFile(path))).toEqual(columns);
  const few = await readTableFile(path, { neededColumns: ['f64', 'place', 'absent'] });
  expect(plainColumns(few)).toEqual(
    columns.filter((column) => ['f64', 'place.x', 'place.in.y'].includes(column.name)),
  );
});

it('reads only the bytes of the columns asked for', async () => {
  const whole = accessBytes(bytes);
  let read = 0;
  const parts = {
    ...whole,
    read: (start: number, end: number) => {
      read += end - start;
      return whole.read(start, end);
    },
  };
  const table = await parquetFormat.readParts({ parts, file: name, options: {}, neededColumns: ['f64'] });
  expect(plainColumns(table)).toEqual(columns.filter((column) => column.name === 'f64'));
  // The last 64 KiB, which hold the metadata, are all of this file; the column comes in addition.
  expect(read - bytes.length).toBeGreaterThan(0);
  expect(read - bytes.length).toBeLessThan(200);
});
