import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readTable } from '../src/index.ts';
import { writeTableFile } from '../src/node/index.ts';
import { COLUMNAR_FILES, plainColumns } from './columnar-fixtures.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** SHOAL_PYTHON names another Python, such as that of a virtual environment with pyarrow. */
const python = process.env['SHOAL_PYTHON'] ?? 'python3';
const isHere = spawnSync(python, ['-c', 'import pyarrow']).status === 0;
const title = isHere
  ? 'pyarrow reads what Shoal writes, with the types of the file that pyarrow wrote'
  : `pyarrow is not in ${python}, so Shoal itself reads what it writes of the file that pyarrow wrote`;

const TYPES = {
  i8: 'int8',
  i16: 'int16',
  i32: 'int32',
  i64: 'int64',
  big: 'int64',
  u8: 'uint8',
  u16: 'uint16',
  u32: 'uint32',
  u64: 'uint64',
  f16: 'halffloat',
  f32: 'float',
  f64: 'double',
  flag: 'bool',
  price: 'decimal128(10, 2)',
  day: 'date32[day]',
  clock: 'time64[us]',
  ms: 'timestamp[ms]',
  us: 'timestamp[us, tz=UTC]',
  ns: 'timestamp[ns]',
  word: 'string',
  raw: 'binary',
  list: 'list<element: float>',
  fixed: 'list<element: double>',
  pixels: 'list<element: list<element: uint8>>',
  'place.x': 'int32',
  image: 'binary',
};

const VALUES = {
  i8: [-128, null, 127, 0],
  i64: [-9007199254740991, null, 0, 9007199254740991],
  u32: [0, 1, 2, 4294967295],
  f16: [1.5, null, -0.25, 65504],
  price: ['0.30', null, '-12345678.90', '7.00'],
  day: ['2024-02-29', null, '1969-12-31', '2000-01-01'],
  clock: ['12:34:56.789000', null, '00:00:00', '23:59:00'],
  us: ['2024-05-01 12:00:00+00:00', '2024-05-01 12:00:00+00:00', null, '1970-01-01 00:00:00+00:00'],
  word: ['Adelie', null, 'Gentoo, größer als 16 Bytes', ''],
  raw: [[255, 216, 0], null, [], [1]],
  list: [[1, 2, 3], null, [4, null, 6], [7, 8, 9]],
};

it(title, async () => {
  const { bytes, name, columns } = COLUMNAR_FILES[0];
  const path = join(await temporaryFolder(), 'table.parquet');
  const table = await readTable(bytes, name);
  await writeTableFile(path, table);
  if (!isHere) {
    const { readTableFile } = await import('../src/node/index.ts');
    expect(plainColumns(await readTableFile(path))).toEqual(columns);
    return;
  }
  const script = fileURLToPath(new URL('fixtures/read_parquet.py', import.meta.url));
  const { stdout, stderr } = spawnSync(python, [script, path], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const found = JSON.parse(stdout) as { types: Record<string, string>; values: Record<string, unknown[]> };
  expect(found.types).toMatchObject(TYPES);
  expect(found.values).toMatchObject(VALUES);
});
