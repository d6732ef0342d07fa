import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { Random, ShoalError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { FormatError, readTable } from '../src/index.ts';
import { COLUMNAR_FILES } from './columnar-fixtures.ts';
import { mutateBytes } from './mutate-bytes.ts';

/** Damages of each file; SHOAL_MUTATIONS=10000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 300);

/** The outcome of reading: undefined, or an error that is not typed. */
async function defectOf(name: string, bytes: Uint8Array): Promise<unknown> {
  try {
    await readTable(bytes, name);
  } catch (error) {
    if (!(error instanceof ShoalError)) return error;
    if (error.message.length > 1_000) return new Error(`A message of ${error.message.length} characters.`);
  }
  return undefined;
}

describe.each(COLUMNAR_FILES)('$name', ({ name, bytes }) => {
  it('damaged, ends in a typed error or in a table', async () => {
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const defect = await defectOf(name, mutateBytes(bytes, new Random(seed)));
      expect(defect, `seed ${seed}: ${defect instanceof Error ? (defect.stack ?? '') : ''}`).toBeUndefined();
    }
  });

  it('cut short, is refused', async () => {
    const cut = readTable(bytes.subarray(0, Math.floor(bytes.length / 2)), name);
    await expect(cut).rejects.toThrow(FormatError);
    await expect(cut).rejects.toThrow(/^\S+: this (Parquet|Arrow) file cannot be read: .*\. It is damaged/);
  });
});

it('believes no number of rows that the bytes of Parquet cannot hold', async () => {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: 1 },
      { name: 'x', type: 'INT32', repetition_type: 'REQUIRED' },
    ],
  });
  await file.write({ columnData: [{ name: 'x', data: Int32Array.of(1, 2, 3) }] });
  file.num_rows = 2n ** 40n;
  for (const group of file.row_groups) group.num_rows = file.num_rows;
  await file.finish();
  const reading = readTable(new Uint8Array(writer.getBytes()), 'bomb.parquet');
  await expect(reading).rejects.toThrow(FormatError);
  await expect(reading).rejects.toThrow(
    /it says that it has 1099511627776 rows, far more than its bytes hold/,
  );
});

it('names Feather 1, and files without rows', async () => {
  const feather = new TextEncoder().encode('FEA1....FEA1');
  await expect(readTable(feather, 'a.feather')).rejects.toThrow(
    /Feather 1, which is not read\. Write it as Feather 2/,
  );
  const writer = new ByteWriter();
  const schema = [
    { name: 'root', num_children: 1 },
    { name: 'x', type: 'INT32', repetition_type: 'REQUIRED' },
  ] as const;
  await new ParquetWriter({ writer, schema: [...schema] }).finish();
  const empty = readTable(new Uint8Array(writer.getBytes()), 'empty.parquet');
  await expect(empty).rejects.toThrow(/this Parquet file has columns, but no rows/);
});
