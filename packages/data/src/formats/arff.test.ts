import { cellAt, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import { readTable } from './table.ts';

const HEADER = `% Flowers
@RELATION 'iris data'

@ATTRIBUTE 'petal length' NUMERIC   % in cm
@attribute width real
@attribute class {setosa, 'a, b', "it\\'s"}
@attribute note string
@attribute seen date "yyyy-MM-dd"
@DATA
`;

const rowsOf = (table: Table) =>
  Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => cellAt(column, row)));

const read = (text: string, name = 'flowers.arff') => readTable(encode(text), name);

describe('ARFF', () => {
  it('reads dense rows with quotes, missing values and comments', async () => {
    const table = await read(
      `${HEADER}5.1,?,setosa,'hello, world',2024-05-01\n% nothing\n4,3.5e0,'a, b',?,?\r\n 3 , 2,"it\\'s",x,"2024-05-03"\n`,
    );
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['petal length', 'number'],
      ['width', 'number'],
      ['class', 'text'],
      ['note', 'text'],
      ['seen', 'date'],
    ]);
    expect(rowsOf(table)).toEqual([
      [5.1, undefined, 'setosa', 'hello, world', '2024-05-01'],
      [4, 3.5, 'a, b', undefined, undefined],
      [3, 2, "it's", 'x', '2024-05-03'],
    ]);
  });

  it('reads sparse rows: what is not named is 0, or the first value', async () => {
    const table = await read(
      '@relation s\n@attribute a numeric\n@attribute b {x,y}\n@attribute c numeric\n@data\n{0 5, 1 y}\n{2 ?}\n{}\n',
    );
    expect(rowsOf(table)).toEqual([
      [5, 'y', 0],
      [0, 'x', undefined],
      [0, 'x', 0],
    ]);
    expect(table.columns[0]).toMatchObject({ values: Uint8Array.of(5, 0, 0) });
  });

  it('is known by its first lines', async () => {
    expect((await read(`${HEADER}1,2,setosa,x,2024-05-01\n`, 'flowers.txt')).columns[2].type).toBe('text');
  });

  it.each([
    [
      'a word for a number',
      `${HEADER}1,wide,setosa,x,?\n`,
      /line 10, column 2: "wide" is not a finite number/,
    ],
    ['an infinity', `${HEADER}Infinity,1,setosa,x,?\n`, /line 10, column 1: "Infinity"/],
    ['a short line', `${HEADER}1,2\n`, /line 10: the line has 2 values, but 5 columns/],
    [
      'a column without a type',
      '@relation x\n@attribute a\n@data\n1\n',
      /line 2: .* does not declare a column/,
    ],
    ['text above the data', '@relation x\nhello\n', /line 2: "hello" is none of/],
    ['no data', '@relation x\n@attribute a numeric\n', /no @data/],
    ['no rows', HEADER, /no rows/],
    ['a sparse column that is not there', '@relation x\n@attribute a real\n@data\n{3 1}\n', /line 4: "3 1"/],
    ['a sparse row without an end', '@relation x\n@attribute a real\n@data\n{0 1\n', /line 4: .*brace/],
  ])('names the place of %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});
