import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { columnOf, type ColumnValues } from '../table/table-of.ts';
import type { Table } from '../table/table.ts';
import type { RecipeOptions } from './options.ts';
import { Recipe } from './recipe.ts';

const ROWS = 60;
const random = new Random(3);
const floats = Float64Array.from({ length: ROWS }, () => random.uniform());
const cycle = (values: readonly unknown[]) =>
  Array.from({ length: ROWS }, (_, i) => values[i % values.length]);
const count = (start: number, step = 1) => Array.from({ length: ROWS }, (_, i) => start + step * i);

/** A table of these columns, and one of numbers. */
function tableWith(...columns: readonly (readonly [name: string, values: ColumnValues])[]): Table {
  const all = [...columns, ['other', floats] as const];
  return {
    name: 'table',
    rows: ROWS,
    notes: [],
    columns: all.map(([name, values]) => columnOf(name, values)),
  };
}

function useOf(name: string, values: ColumnValues, options: RecipeOptions = {}) {
  const [{ role, use, why }] = Recipe.fit(tableWith([name, values]), options).columns;
  return { role, use, why };
}

describe('the role of a column', () => {
  it.each([
    ['id', 'id', count(1000, 7)],
    ['CustomerID', 'id', count(5)],
    ['passengerId', 'id', cycle([3, 1, 2])],
    ['user_id', 'id', count(1)],
    ['', 'id', count(0)],
    ['Unnamed: 0', 'id', count(0)],
    ['index', 'id', count(1)],
    ['index', 'id', count(100, 3)],
    ['index', 'number', cycle([90, 100, 110])],
    ['', 'id', count(500, -7)],
    ['id_customer', 'id', count(9)],
    ['RowNumber', 'id', count(1)],
    ['year', 'number', count(1950)],
    ['x', 'number', count(17, 2)],
    ['t', 'number', count(0)],
    ['id', 'number', floats],
    ['measured', 'number', floats],
    ['grid', 'number', count(3)],
    ['Body Mass Index', 'number', count(18)],
    ['code', 'number', cycle([1, 2, 3])],
  ] as const)('numbers called "%s" are of the role %s', (name, role, values) => {
    expect(useOf(name, values)).toMatchObject({ role, use: role === 'id' ? 'id' : 'used' });
  });

  it.each([
    ['few words that repeat', 'category', cycle(['a', 'b', 'c'])],
    ['one word and gaps', 'category', cycle(['yes', null, null])],
    ['names that are all different', 'id', count(0).map((i) => `name ${i}`)],
    ['places in a store', 'id', count(0).map((i) => `Shelf ${i} box 7`)],
    ['titles that are all different', 'text', count(0).map((i) => `The Return of Number ${i}`)],
    [
      'UUIDs that repeat',
      'id',
      cycle(['123e4567-e89b-12d3-a456-426614174000', '123e4567-e89b-12d3-a456-426614174001']),
    ],
    ['many words', 'text', count(0).map((i) => `word ${i % 40}`)],
    [
      'sentences',
      'text',
      count(0).map((i) => `The rain in the town of number ${i} did not stop until the next morning came.`),
    ],
  ] as const)('%s are of the role %s', (_, role, values) => {
    expect(useOf('name', values).role).toBe(role);
  });

  it('takes many levels when few are frequent, and no more than 20 that are', () => {
    const rows = 3000;
    const widthOf = (word: (i: number) => string) => {
      const words = Array.from({ length: rows }, (_, i) => word(i));
      const columns = [
        columnOf('word', words),
        columnOf(
          'x',
          Float64Array.from({ length: rows }, () => random.uniform()),
        ),
      ];
      const [{ role, width }] = Recipe.fit({ name: 'table', rows, notes: [], columns }).columns;
      return [role, width];
    };
    // Three levels of a quarter of the rows each, and 30 rare ones that share a column.
    expect(widthOf((i) => (i % 4 > 0 ? `w${i % 4}` : `rare ${(i / 4) % 30}`))).toEqual(['category', 4]);
    expect(widthOf((i) => `w${i % 20}`)).toEqual(['category', 20]);
    expect(widthOf((i) => `w${i % 21}`)).toEqual(['text', 0]);
  });

  it('leaves out what is empty or constant, and says so', () => {
    expect(useOf('none', new Array(ROWS).fill(null))).toMatchObject({
      use: 'left out',
      why: 'It has no values.',
    });
    expect(useOf('far', new Float64Array(ROWS).fill(1e12))).toMatchObject({
      use: 'left out',
      why: 'Constant: all values are 1000000000000.',
    });
    expect(useOf('same', cycle(['x']))).toMatchObject({
      use: 'left out',
      why: 'Constant: all values are "x".',
    });
  });

  it('is what the caller says', () => {
    expect(useOf('code', cycle([1, 2, 3]), { as: { code: 'category' } })).toMatchObject({
      role: 'category',
      use: 'used',
    });
    expect(useOf('year', count(1950), { as: { year: 'id' } })).toMatchObject({ role: 'id', use: 'id' });
    expect(useOf('year', count(1950), { id: 'year' })).toMatchObject({ role: 'id', use: 'id' });
    expect(useOf('id', count(1), { id: 'none' })).toMatchObject({ role: 'number', use: 'used' });
    expect(useOf('id', count(1), { columns: ['id'] })).toMatchObject({ role: 'number', use: 'used' });
    expect(useOf('x', cycle(['1', '2.5', ' 3 ']), { as: { x: 'number' } })).toMatchObject({
      role: 'number',
      use: 'used',
    });
    expect(useOf('x', floats, { exclude: ['x'] })).toMatchObject({ use: 'left out', why: 'Excluded.' });
    expect(() => useOf('x', cycle(['1', 'b']), { as: { x: 'number' } })).toThrow(
      /row 2 of the column "x" is "b"/,
    );
    expect(() => useOf('x', floats, { as: { x: 'vector' } })).toThrow(
      /number values, which cannot be of the role "vector"/,
    );
  });

  it('uses numbers that look like ids when there is nothing else', () => {
    const table = { name: 'table', rows: ROWS, notes: [], columns: [columnOf('id', count(4, 3))] };
    expect(Recipe.fit(table).columns[0]).toMatchObject({ use: 'used', role: 'number' });
  });

  it('keeps columns without names apart from an index without one', () => {
    const columns = [columnOf('', count(0)), columnOf('', count(0))];
    const recipe = Recipe.fit({ name: 'table', rows: ROWS, notes: [], columns });
    expect(recipe.columns.map(({ use }) => use)).toEqual(['used', 'used']);
  });

  it('is what the caller says, of columns by name or by position', () => {
    const twice = tableWith(['code', cycle([1, 2, 3])], ['code', cycle([4, 5, 6])]);
    const { columns } = Recipe.fit(twice, {
      as: [
        [2, 'category'],
        ['other', 'left-out'],
      ],
    });
    expect(columns.map(({ role }) => role)).toEqual(['number', 'category', 'left-out']);
    expect(() => Recipe.fit(twice, { as: [[4, 'number']] })).toThrow(/as is 4, but table has columns 1 to 3/);
    expect(() => Recipe.fit(twice, { as: { code: 'category' } })).toThrow(
      /2 columns of table are called "code"/,
    );
    const both = [
      [1, 'number'],
      [1, 'category'],
    ] as const;
    expect(() => Recipe.fit(twice, { as: both })).toThrow(
      /as gives the column "code" two roles, "number" and "category"/,
    );
  });

  it.each([
    ['zip_code', cycle([8001, 10115, 90210]), /"zip_code" may be postal codes/],
    ['when', cycle([20240131, 20231201]), /"when" look like dates without marks, such as 20240131/],
    ['born', cycle([1950, 2001, null]), /"born" look like years/],
    ['target', floats, /"target" may be known classes, and is used like other columns/],
    ['sex', cycle(['male', 'Male ', 'f']), /different levels: "sex" \("Male ", "male"\)/],
  ])('notes whole numbers that may be something else: %s', (name, values, note) => {
    const { columns, notes } = Recipe.fit(tableWith([name, values]));
    expect(columns[0].use).toBe('used');
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it.each([
    ['mass', cycle([1950, 2101])],
    ['count', cycle([20241301, 20240132])],
    ['zip', floats],
  ])('does not note other numbers: %s', (name, values) => {
    expect(Recipe.fit(tableWith([name, values])).notes).toEqual([]);
  });

  it('notes codes and gaps', () => {
    const gappy = floats.map((value, i) => (i % 3 === 0 ? value : NaN));
    const { notes } = Recipe.fit(
      tableWith(['class', cycle([1, 2, 3])], ['gaps', gappy], ['year', cycle([2007, 2008, 2009])]),
    );
    expect(notes).toEqual([
      'More than half of the values are missing in "gaps"; the median stands for them.',
      'The whole numbers in "year" look like years. They count as numbers.',
      'Few different whole numbers in "class", which count as numbers. If they are codes, make them categories.',
    ]);
  });

  it('keeps the label and the weight out of the points', () => {
    const table = tableWith(['Label ', cycle(['a', 'b'])], ['w', count(1)]);
    const { columns } = Recipe.fit(table, { weight: 'w' });
    expect(columns.map(({ use }) => use)).toEqual(['label', 'weight', 'used']);
    expect(Recipe.fit(table, { labelColumn: 'none' }).columns[0].use).toBe('used');
    expect(Recipe.fit(table, { labelColumn: 'first' }).columns[0].use).toBe('label');
    expect(Recipe.fit(table, { labelColumn: 2 }).columns[1].use).toBe('label');
    const points = Recipe.fit(table, { weight: 'w' }).transform(table);
    expect(points.weights).toEqual(Float64Array.from(count(1)));
    expect(points.classes).toEqual({
      labels: Uint8Array.from(cycle([0, 1]) as number[]),
      classNames: ['a', 'b'],
    });
  });

  it('refuses weights that are none', () => {
    const table = tableWith(['w', count(-1)]);
    expect(() => Recipe.fit(table, { weight: 'w' }).transform(table)).toThrow(
      /weight in row 1 of the column "w" is -1/,
    );
  });
});
