import { InvalidArgumentError, matrix } from '@shoal/core';
import { columnOf, tableOf, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { readTable } from '../formats/table.ts';
import { writeCsv } from './delimited.ts';
import { TABLE_WRITERS, tableWriterOf, writeTable } from './index.ts';

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

const mixed = tableOf({
  species: ['Adelie', null, 'Gentoo, "big"', ''],
  mass: [3750, NaN, 0.1, 1e21],
  alive: [true, false, null, true],
  day: [new Date('2024-05-01'), null, new Date('1969-12-31'), new Date(0)],
  vector: [[1, 2.5], null, [3, null], [5, 6]],
});

describe('writeCsv', () => {
  it('writes each type, missing values empty, and quotes where needed', async () => {
    expect(await textOf(writeCsv(mixed))).toBe(
      [
        'species,mass,alive,day,vector',
        'Adelie,3750,true,2024-05-01,"[1,2.5]"',
        ',,false,,',
        '"Gentoo, ""big""",0.1,,1969-12-31,"[3,null]"',
        '"",1e+21,true,1970-01-01,"[5,6]"',
        '',
      ].join('\n'),
    );
  });

  it('writes times and moments in ISO 8601', async () => {
    const values = Float64Array.of(45_296_789, NaN);
    const table: Table = {
      name: 'times',
      rows: 2,
      notes: [],
      columns: [
        { type: 'date', name: 'time', values, precision: 'time' },
        { type: 'date', name: 'moment', values, precision: 'moment' },
      ],
    };
    expect(await textOf(writeCsv(table))).toBe('time,moment\n12:34:56.789,1970-01-01T12:34:56.789Z\n,\n');
  });

  it('gives float32 the digits that it has', async () => {
    const values = Float32Array.of(0.1, 1 / 3, 16777216, 1.17549435e-38, NaN, -Infinity);
    const table = tableOf({ x: [0, 0, 0, 0, 0, 0] });
    const text = await textOf(
      writeCsv({ ...table, columns: [{ type: 'number', name: 'x', values, integers: false }] }),
    );
    const cells = text.trimEnd().split('\n').slice(1);
    expect(cells).toEqual(['0.1', '0.33333334', '16777216', '1.1754944e-38', '""', '-Infinity']);
    expect(Float32Array.from(cells, (cell) => (cell === '""' ? NaN : Number(cell)))).toEqual(values);
  });

  it('writes words in quotes that come back as the same texts', async () => {
    const table = tableOf({
      code: ['NA', 'None', '-', null, 'x'],
      word: ['true', 'false', 'null', null, 'true'],
      only: ['NA', '-', null, 'NA', '-'],
      flag: [true, false, null, true, true],
      number: [1, null, 3, 4, 5],
    });
    const text = await textOf(writeCsv(table));
    expect(text).toBe(
      [
        'code,word,only,flag,number',
        '"NA","true","NA",true,1',
        '"None","false","-",false,',
        '"-","null",,,3',
        ',,"NA",true,4',
        'x,"true","-",true,5',
        '',
      ].join('\n'),
    );
    for (const name of ['words.csv', 'words.tsv']) {
      const written = await textOf(writeTable(table, name));
      const { columns } = await readTable(new TextEncoder().encode(written), name);
      expect(columns.slice(0, 4)).toEqual(table.columns.slice(0, 4));
    }
  });

  it('leaves no blank line for readers to skip', async () => {
    expect(await textOf(writeCsv(tableOf({ '': ['a', null] })))).toBe('""\na\n""\n');
  });

  it('quotes what a reader could trim or skip, and keeps formulas', async () => {
    const table = tableOf({ '#a': ['#1', ' b', 'c ', '=1+1', 'd\r\ne', 'f'] });
    expect(await textOf(writeCsv(table))).toBe('"#a"\n"#1"\n" b"\n"c "\n=1+1\n"d\r\ne"\nf\n');
  });

  it('leaves out vectors and bytes when told', async () => {
    const bytes = columnOf('image', [Uint8Array.of(255, 216), undefined]);
    const vector = { type: 'vector', name: 'v', values: matrix(Uint8Array.of(0, 51), 2, 1, 1 / 51) } as const;
    const table = { ...tableOf({ a: [1, 2] }), columns: [columnOf('a', [1, 2]), bytes, vector] };
    expect(await textOf(writeCsv(table))).toBe('a,image,v\n1,/9g=,[0]\n2,,[1]\n');
    expect(await textOf(writeCsv(table, { vectors: 'omit', bytes: 'omit' }))).toBe('a\n1\n2\n');
    expect(() => writeCsv({ ...table, columns: [bytes] }, { bytes: 'omit' })).toThrow(InvalidArgumentError);
  });

  it('writes many rows in pieces, says how far it is, and stops when aborted', async () => {
    const table = tableOf({ a: Float64Array.from({ length: 200_000 }, (_, i) => i) });
    const seen: number[] = [];
    let pieces = 0;
    for await (const piece of writeCsv(table, { onProgress: ({ completed }) => seen.push(completed) })) {
      expect(piece.length).toBeLessThan(1 << 20);
      pieces++;
    }
    expect(pieces).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(200_000);
    const stopped = writeCsv(table, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(stopped.next()).rejects.toThrow('enough');
  });
});

describe('writeTable', () => {
  it('chooses the format by the name, in any case of letters', async () => {
    const table = tableOf({ a: ['x\ty', 'x,y'], b: [1, 2] });
    expect(await textOf(writeTable(table, 'some/points.TSV'))).toBe('a\tb\n"x\ty"\t1\nx,y\t2\n');
    expect(tableWriterOf('a.jsonl').name).toBe('ndjson');
    expect(() => writeTable(table, 'points.docx')).toThrow(InvalidArgumentError);
    expect(() => writeTable(table, 'points.docx')).toThrow(
      /"points\.docx" cannot be written: its name must end in \.csv, /,
    );
  });

  it('has every writer and every ending once', () => {
    for (const list of [
      TABLE_WRITERS.map(({ name }) => name),
      TABLE_WRITERS.flatMap(({ extensions }) => extensions),
    ]) {
      expect(new Set(list).size).toBe(list.length);
    }
  });
});

describe('NDJSON', () => {
  it('writes one object per row', async () => {
    expect(await textOf(writeTable(mixed, 'a.ndjson'))).toBe(
      [
        '{"species":"Adelie","mass":3750,"alive":true,"day":"2024-05-01","vector":[1,2.5]}',
        '{"species":null,"mass":null,"alive":false,"day":null,"vector":null}',
        '{"species":"Gentoo, \\"big\\"","mass":0.1,"alive":null,"day":"1969-12-31","vector":[3,null]}',
        '{"species":"","mass":1e+21,"alive":true,"day":"1970-01-01","vector":[5,6]}',
        '',
      ].join('\n'),
    );
  });

  it('keeps infinite numbers, hostile names, and repeated ones', async () => {
    const columns = [
      columnOf('__proto__', [-Infinity]),
      columnOf('a', [1]),
      columnOf('a', [2]),
      columnOf('', [3]),
    ];
    const text = await textOf(writeTable({ ...tableOf({ a: [1] }), columns }, 'a.ndjson'));
    expect(text).toBe('{"__proto__":-1e999,"a":1,"a_2":2,"column_4":3}\n');
    expect(JSON.parse(text)).toHaveProperty('a_2', 2);
  });
});
