import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { cellAt } from './cells.ts';
import { tableOf } from './table-of.ts';
import { takeRows } from './take-rows.ts';

const mixed = tableOf({
  species: ['Adelie', null, 'Gentoo', 'Adelie'],
  mass: [3750, 3800, NaN, 3250.5],
  year: [2007, 2008, 2009, undefined],
  alive: [true, false, null, true],
  seen: [new Date('2024-05-01'), null, new Date('2024-05-03'), new Date('2024-05-04')],
  vector: [[1, 2], [3, null], null, Float32Array.of(5, 6)],
  id: [2n ** 60n, 1n, 2n, 3n],
});

const rowOf = (table: ReturnType<typeof tableOf>, row: number) =>
  Object.fromEntries(table.columns.map((column) => [column.name, cellAt(column, row)]));

describe('tableOf', () => {
  it('gives each column the type of its values', () => {
    expect(mixed.columns.map(({ type }) => type)).toEqual([
      'text',
      'number',
      'number',
      'boolean',
      'date',
      'vector',
      'text',
    ]);
    expect(mixed.columns[1]).toMatchObject({ integers: false });
    expect(mixed.columns[2]).toMatchObject({ integers: true });
    expect(mixed.columns[4]).toMatchObject({ precision: 'day' });
  });

  it('gives the values back, and undefined for missing ones', () => {
    expect(rowOf(mixed, 0)).toEqual({
      species: 'Adelie',
      mass: 3750,
      year: 2007,
      alive: true,
      seen: '2024-05-01',
      vector: Float64Array.of(1, 2),
      id: '1152921504606846976',
    });
    expect(rowOf(mixed, 2)).toEqual({
      species: 'Gentoo',
      mass: undefined,
      year: 2009,
      alive: undefined,
      seen: '2024-05-03',
      vector: undefined,
      id: '2',
    });
    expect(rowOf(mixed, 1)['vector']).toEqual(Float64Array.of(3, NaN));
  });

  it('takes objects, which may lack keys and hold objects', () => {
    const table = tableOf([{ a: 1, place: { x: 2 } }, { place: { x: 3, y: 'z' } }, { a: 'b' }]);
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'text'],
      ['place.x', 'number'],
      ['place.y', 'text'],
    ]);
    expect(rowOf(table, 1)).toEqual({ a: undefined, 'place.x': 3, 'place.y': 'z' });
  });

  it('keeps hostile names', () => {
    const table = tableOf([JSON.parse('{"__proto__": 1, "constructor": 2}') as object]);
    expect(table.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(cellAt(table.columns[0], 0)).toBe(1);
  });

  it('makes lists of different lengths texts', () => {
    const [column] = tableOf({ tags: [[1], [2, 3]] }).columns;
    expect(cellAt(column, 1)).toBe('[2,3]');
  });

  it('names what it cannot use', () => {
    expect(() => tableOf({ a: [1], b: [1, 2] })).toThrow(ShapeError);
    expect(() => tableOf({ a: [1], b: [1, 2] })).toThrow(/"b" has 2 values and "a" has 1/);
    expect(() => tableOf([])).toThrow(/at least one row/);
    expect(() => tableOf([{ a: 1 }, 7 as unknown as object])).toThrow(InvalidArgumentError);
    expect(() => tableOf([{ a: 1 }, 7 as unknown as object])).toThrow(/row 2 is not/);
    expect(() => tableOf({ a: 7 as unknown as number[] })).toThrow(/"a" must be an array/);
  });
});

describe('takeRows', () => {
  it('gives the rows in the order asked for', () => {
    const taken = takeRows(mixed, Uint32Array.of(3, 0, 0));
    expect(taken.rows).toBe(3);
    expect([rowOf(taken, 0), rowOf(taken, 1), rowOf(taken, 2)]).toEqual([
      rowOf(mixed, 3),
      rowOf(mixed, 0),
      rowOf(mixed, 0),
    ]);
    expect(taken.columns[1]).toMatchObject({ values: Float64Array.of(3250.5, 3750, 3750) });
  });
});
