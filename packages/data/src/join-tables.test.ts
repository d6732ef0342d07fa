import { matrix } from '@shoal/core';
import { cellAt, columnOf, type Column, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { joinTables } from './join-tables.ts';
import { readTable } from './formats/table.ts';
import { writeParquet } from './table-writers/parquet.ts';

function tableOfColumn(column: Column, rows: number, format?: string): Table {
  return { name: `${rows}.parquet`, rows, columns: [column], format, notes: [] };
}

function joined(...columns: readonly (readonly [Column, number])[]): Table {
  return joinTables(
    columns.map(([column, rows]) => tableOfColumn(column, rows)),
    'all',
  );
}

async function written(table: Table): Promise<Table> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeParquet(table)) pieces.push(piece);
  return readTable(new Uint8Array(Buffer.concat(pieces)), 'again.parquet');
}

const numbers = (values: Int8Array | Int32Array | Float64Array, stored: string): Column => ({
  type: 'number',
  name: 'x',
  values,
  integers: values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
  stored,
});

describe('joinTables', () => {
  it('refuses numbers in different units, and takes columns without values', () => {
    const column = (value: number, unit?: string): readonly [Column, number] => [
      { ...numbers(Float64Array.of(value), 'float64'), ...(unit !== undefined && { unit }) },
      1,
    ];
    expect(() => joined(column(1, 'kg'), column(1000, 'g'))).toThrow(
      /numbers of the column "x" are in "g"; those of other files are in "kg"/,
    );
    expect(() => joined(column(1, 'kg'), column(1000))).toThrow(/are without a unit/);
    expect(joined(column(1, 'kg'), column(NaN)).columns[0]).toMatchObject({ unit: 'kg' });
  });

  it('makes true and false texts beside texts', async () => {
    const files = ['F\nF\n', 'M\nF\n', '\n\n'].map((text) =>
      readTable(new TextEncoder().encode(`sex,n\n${text.replaceAll('\n', ',1\n')}`), 'a.csv'),
    );
    const [boolean, texts, empty] = await Promise.all(files);
    expect(boolean.columns[0].type).toBe('boolean');
    const all = joinTables([boolean, texts, empty], 'all');
    const found = Array.from({ length: all.rows }, (_, row) => cellAt(all.columns[0], row));
    expect(found).toEqual(['F', 'F', 'M', 'F', undefined, undefined]);
  });

  it('keeps the format that all tables have', () => {
    const [a, b, c] = ['csv', 'csv', 'parquet'].map((format) => tableOfColumn(columnOf('x', [1]), 1, format));
    expect(joinTables([a, b], 'all').format).toBe('csv');
    expect(joinTables([a, b, c], 'all').format).toBeUndefined();
  });

  it.each<[string, Column, Column, unknown]>([
    [
      'wider integers',
      numbers(Int8Array.of(1), 'int8'),
      numbers(Int32Array.of(70_000), 'int32'),
      Uint32Array.of(1, 70_000),
    ],
    [
      'decimals of more digits',
      numbers(Float64Array.of(1.5), 'decimal(4, 1)'),
      numbers(Float64Array.of(1.255), 'decimal(9, 3)'),
      Float64Array.of(1.5, 1.255),
    ],
    [
      'integers and a file without types',
      numbers(Int8Array.of(1), 'int8'),
      columnOf('x', [300]),
      Uint16Array.of(1, 300),
    ],
  ])('writes all values of a column with %s', async (_, first, second, values) => {
    const { columns } = await written(joined([first, 1], [second, 1]));
    expect(columns[0]).toMatchObject({ type: 'number', values });
  });

  it('writes texts beside integers that are texts', async () => {
    const text = (value: string, stored?: string): Column => ({ ...columnOf('x', [value]), stored });
    const { columns } = await written(joined([text('9007199254740993', 'int64'), 1], [text('abc'), 1]));
    expect(columns[0]).toMatchObject({ type: 'text', texts: ['9007199254740993', 'abc'] });
  });

  it('keeps the type and the array that all parts with values have', () => {
    const part = numbers(Int8Array.of(1, -2), 'int8');
    expect(joined([part, 2], [part, 2]).columns[0]).toEqual(numbers(Int8Array.of(1, -2, 1, -2), 'int8'));
    const { columns } = joined([part, 2], [columnOf('x', [null]), 1]);
    expect(columns[0]).toEqual(numbers(Float64Array.of(1, -2, NaN), 'int8'));
  });

  it('says which factor of vectors differs', () => {
    const vectors = (scale: number): Column => ({
      type: 'vector',
      name: 'v',
      values: matrix(Uint8Array.of(1, 2), 1, 2, scale),
    });
    expect(joined([vectors(0.5), 1], [vectors(0.5), 1]).columns[0]).toMatchObject({
      values: { data: Uint8Array.of(1, 2, 1, 2), scale: 0.5 },
    });
    expect(() => joined([vectors(1), 1], [vectors(0.5), 1])).toThrow(
      /column "v" are stored with the factor 0\.5; those of the files before it with 1\./,
    );
  });
});
