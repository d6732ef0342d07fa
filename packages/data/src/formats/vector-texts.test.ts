import type { Table } from '@shoal/tables';
import { cellAt } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import { readTable } from './table.ts';

const read = (name: string, text: string): Promise<Table> => readTable(encode(text), name);
const vectorsOf = ({ columns, rows }: Table, at: number): unknown[] =>
  Array.from({ length: rows }, (_, row) => {
    const cell = cellAt(columns[at], row);
    return cell instanceof Float64Array ? [...cell] : cell;
  });

describe('lists of numbers', () => {
  it.each([
    ['JSON in quotes', 'id,v\n1,"[0.5, 1e-3]"\n2,"[]"\n3,\n4,"[2,null]"\n'],
    ['JSON between semicolons', 'id;v\n1;[0.5,0.001]\n2;[]\n3;\n4;[2,null]\n'],
    ['NumPy', 'id,v\n1,[0.5   0.001]\n2,[]\n3,\n4,"[2.\n nan]"\n'],
  ])('are vectors in CSV: %s', async (_, text) => {
    const table = await read('a.csv', text);
    expect(table.columns).toMatchObject([
      { name: 'id', type: 'number' },
      { name: 'v', type: 'vector' },
    ]);
    expect(vectorsOf(table, 1)).toEqual([[0.5, 0.001], undefined, undefined, [2, NaN]]);
  });

  it('are data in the first line when they have no header', async () => {
    const table = await read('a.csv', '"[1, 2]"\n"[3, 4]"\n');
    expect(vectorsOf(table, 0)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it.each([
    ['a.json', '[{"v":[1,2]},{"v":[]},{"v":null},{}]'],
    ['a.ndjson', '{"v":[1,2]}\n{"v":[]}\n{"v":null}\n{"w":1}\n'],
    ['a.json', '{"v":[[1,2],[],null,"[]"]}'],
  ])('are missing when they are empty: %s', async (name, text) => {
    expect(vectorsOf(await read(name, text), 0)).toEqual([[1, 2], undefined, undefined, undefined]);
  });

  it.each([
    ['a.json', '[{"v":[1,2,3]},{"v":[]},{"v":[4,5]},{"v":[6,7,8]}]'],
    ['a.csv', 'v\n"[1,2,3]"\n\n"[]"\n"[4,5]"\n"[6,7,8]"\n'],
  ])('of another length are named with their row: %s', async (name, text) => {
    const { columns, notes } = await read(name, text);
    expect(columns[0].type).toBe('text');
    expect(notes.join(' ')).toMatch(/"v" stays text: its lists .* 3 in most rows and 2 in row 3\./);
  });

  it.each(['["a","b"]', '[1,2', '[1,,2]', '[[1,2],[3,4]]', '[]', '[1;2]'])(
    '%s is not a vector',
    async (text) => {
      const { columns, notes } = await read('a.csv', `name|v\nx|${text}\ny|${text}\n`);
      expect(columns[1].type).toBe('text');
      expect(notes).toHaveLength(1);
    },
  );
});
