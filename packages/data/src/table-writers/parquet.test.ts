import { matrix } from '@shoal/core';
import { columnOf, tableOf, type Column, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { COLUMNAR_FILES } from '../../test/columnar-fixtures.ts';
import { readTable } from '../formats/table.ts';
import { writeParquet } from './parquet.ts';

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) list.push(piece);
  return new Uint8Array(Buffer.concat(list));
}

const valuesOf = (column: Column): unknown => (column.type === 'text' ? column.codes : column.values);

async function written(table: Table): Promise<Table> {
  return readTable(await bytesOf(writeParquet(table)), table.name);
}

describe('writeParquet', () => {
  it.each(COLUMNAR_FILES)('keeps the types and values of $name', async ({ name, bytes }) => {
    const table = { ...(await readTable(bytes, name)), notes: [] };
    const again = { ...(await written(table)), notes: [] };
    // JSON and dictionaries come back as texts, durations as integers; moments keep their zone as UTC.
    expect(again).toEqual({
      ...table,
      format: 'parquet',
      columns: table.columns.map((column) =>
        column.stored === 'json' || column.stored === 'dictionary'
          ? { ...column, stored: undefined }
          : column,
      ),
    });
  });

  it('chooses types for values without one', async () => {
    const table = tableOf({
      whole: [1, 2, null],
      part: [0.5, NaN, 2],
      large: [2 ** 60, 1, 2],
      flag: [true, null, false],
      day: [new Date('2024-02-29'), null, new Date(0)],
      moment: [new Date(1), null, new Date(-1)],
      word: ['a', null, 'b'],
      vector: [[1, 2], null, [3, null]],
    });
    const { columns } = await written(table);
    expect(columns.map(({ stored }) => stored)).toEqual([
      'int64',
      'float64',
      'float64',
      undefined,
      'date',
      'timestamp[ms, UTC]',
      undefined,
      'list<float64>',
    ]);
    expect(columns.map((column) => ({ ...column, stored: undefined }))).toEqual(
      table.columns.map((column) => ({ ...column, stored: undefined })),
    );
  });

  it('keeps the arrays of numbers and vectors, and the names apart', async () => {
    const number = (name: string, values: Uint8Array | Int16Array | Uint32Array | Float32Array) =>
      ({ type: 'number', name, values, integers: false }) as const;
    const table: Table = {
      name: 'arrays.parquet',
      rows: 2,
      notes: [],
      columns: [
        { ...number('a', Uint8Array.of(0, 255)), integers: true },
        { ...number('a', Int16Array.of(-1, 1)), integers: true },
        { ...number('', Uint32Array.of(0, 4294967295)), integers: true },
        number('f', Float32Array.of(0.1, -2)),
        { type: 'vector', name: 'v', values: matrix(Uint8Array.of(1, 2, 3, 255), 2, 2) },
        { type: 'vector', name: 'w', values: matrix(Uint8Array.of(0, 51, 102, 255), 2, 2, 1 / 51) },
      ],
    };
    const { columns } = await written(table);
    expect(columns.map(({ name, stored }) => [name, stored])).toEqual([
      ['a', 'uint8'],
      ['a_2', 'int16'],
      ['column_3', 'uint32'],
      ['f', 'float32'],
      ['v', 'list<uint8>'],
      ['w', 'list<float64>'],
    ]);
    expect(columns.map(valuesOf)).toEqual([
      ...table.columns.slice(0, 5).map(valuesOf),
      matrix(Float64Array.of(0, 1, 2, 5), 2, 2),
    ]);
  });

  it('keeps decimals whose digits a number holds', async () => {
    const decimals = (values: readonly number[], stored: string): Column => ({
      type: 'number',
      name: stored,
      values: Float64Array.from(values),
      integers: false,
      stored,
    });
    const values = [12_345_678_901.2345, -0.0001];
    const columns = [
      decimals(values, 'decimal(18, 4)'),
      decimals(values, 'decimal(20, 4)'),
      decimals([1e14, 0.5], 'decimal(20, 4)'),
    ];
    const again = await written({ name: 'decimals', rows: 2, notes: [], columns });
    expect(again.columns.map(({ stored }) => stored)).toEqual([
      'decimal(18, 4)',
      'decimal(18, 4)',
      'float64',
    ]);
    expect(again.columns.map(valuesOf)).toEqual(columns.map(valuesOf));
  });

  it('writes many rows in groups, says how far it is, and stops when aborted', async () => {
    const values = Float64Array.from({ length: 300_000 }, (_, i) => i / 7);
    const table = tableOf({ values });
    const seen: number[] = [];
    const bytes = await bytesOf(writeParquet(table, { onProgress: ({ completed }) => seen.push(completed) }));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toBe(300_000);
    const [column] = (await readTable(bytes, 'a.parquet')).columns;
    expect(column.type === 'number' && column.values.every((value, i) => value === values[i])).toBe(true);
    const stopped = writeParquet(table, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(stopped.next()).rejects.toThrow('enough');
  });

  it('writes bytes and empty texts', async () => {
    const table = tableOf({ a: ['', 'x'] });
    const columns = [...table.columns, columnOf('b', [Uint8Array.of(1, 0, 2), undefined])];
    expect((await written({ ...table, columns })).columns).toEqual(
      columns.map((column) => ({ ...column, ...(column.type === 'text' && { stored: undefined }) })),
    );
  });
});
