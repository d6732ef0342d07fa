import { cellAt, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import { readTable } from '../table.ts';

const rows = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const read = (text: string): Promise<Table> => readTable(encode(text), 'table.csv');

describe('units and letters behind numbers', () => {
  it('are kept as the unit of the column, in one way of writing it', async () => {
    const { columns } = await read(rows('a;b;c;d;e', '1 day;€5;10%;2 lbs;1', '2 days;6 EUR;5 %;3 lb;2'));
    expect(columns.map((column) => column.type === 'number' && column.unit)).toEqual([
      'days',
      'EUR',
      '%',
      'lb',
      undefined,
    ]);
  });

  it.each([
    ['x', ['40.1N', '33.9S'], [40.1, -33.9]],
    ['x', ['2.35E', '74.0 W'], [2.35, -74]],
    ['x', ['74.0° W', '73.5° W'], [-74, -73.5]],
    ['start lat', ['40.1N', '41N'], [40.1, 41]],
    ['power', ['60 W', '100 W'], [60, 100]],
    ['x', ['60 W', '1200 W'], [60, 1200]],
  ])('may be directions: column "%s", %j', async (name, [first, second], values) => {
    const { columns } = await read(rows(`${name};y`, `${first};1`, `${second};2`));
    expect([0, 1].map((row) => cellAt(columns[0], row))).toEqual(values);
  });

  it.each([
    [['1.5W', '2.5W'], /"x" is text: W behind its numbers can be a direction or a unit\./],
    [['40.1N', '2.35E'], /"x" is text: N, E behind its numbers/],
    [['95N', '10S'], /"x" is text: N, S behind its numbers/],
    [
      ['5 CR', '6 DR', '7 DR'],
      /"x" is text: "CR", "DR" behind its numbers are not one unit that Shoal knows/,
    ],
  ])('are text when a letter may mean several things: %j', async (values, remark) => {
    const { columns, notes } = await read(rows('x;y', ...values.map((value, i) => `${value};${i}`)));
    expect(columns[0].type).toBe('text');
    expect(notes[1]).toMatch(remark);
  });
});
