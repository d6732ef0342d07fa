import { cellAt, tableOf, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode, idx } from '../../test/bytes.ts';
import { writeParquet } from '../table-writers/parquet.ts';
import { writeNpy } from './npy.ts';
import { readTable } from './table.ts';

const given = { missingValues: ['-999', 'unknown', '1900-01-01'] };

const rowsOf = ({ columns, rows }: Table): unknown[] =>
  columns.map((column) => Array.from({ length: rows }, (_, row) => cellAt(column, row)));

describe('values that mean a missing one', () => {
  const table = tableOf({
    whole: [1, -999, 3],
    real: [-999, 2.5, 3],
    word: ['unknown', 'a', 'b'],
    day: [new Date('1900-01-01'), new Date('2024-05-01'), new Date('2024-05-02')],
    flag: [true, false, true],
    vector: [
      [1, -999],
      [2, 3],
      [4, 5],
    ],
  });
  const expected = [
    [1, undefined, 3],
    [undefined, 2.5, 3],
    [undefined, 'a', 'b'],
    [undefined, '2024-05-01', '2024-05-02'],
    [true, false, true],
    [Float64Array.of(1, NaN), Float64Array.of(2, 3), Float64Array.of(4, 5)],
  ];

  it('are found in Parquet', async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of writeParquet(table)) pieces.push(piece);
    const file = new Uint8Array(Buffer.concat(pieces));
    expect(rowsOf(await readTable(file, 'x.parquet', given))).toEqual(expected);
  });

  it('are found in JSON and ARFF, as numbers and as texts', async () => {
    const json = '[{"a":-999,"b":"-999.0","c":"unknown"},{"a":2,"b":"3 kg","c":"4"}]';
    expect(
      rowsOf(await readTable(encode(json), 'x.json', { missingValues: ['-999', '-999.0', 'unknown'] })),
    ).toEqual([
      [undefined, 2],
      [undefined, 3],
      [undefined, 4],
    ]);
    const arff = '@relation r\n@attribute a numeric\n@data\n-999.0\n5\n';
    expect(rowsOf(await readTable(encode(arff), 'x.arff', given))).toEqual([[undefined, 5]]);
  });

  it('are found in arrays of numbers, whose bytes stay bytes where there are none', async () => {
    const npy = writeNpy({ data: Int32Array.of(1, -999, 3), shape: [3] });
    expect(rowsOf(await readTable(npy, 'x.npy', given))).toEqual([[1, undefined, 3]]);
    const bytes = await readTable(idx([2, 2], Uint8Array.of(1, 2, 3, 4)), 'x.idx', given);
    expect(bytes.columns[0]).toMatchObject({ values: { data: Uint8Array.of(1, 2, 3, 4) } });
  });
});
