import { DataError, matrix } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { columnOf, tableOf } from '../table/table-of.ts';
import type { Column, Table } from '../table/table.ts';
import { Recipe } from './recipe.ts';

const table = tableOf({
  a: [1, NaN, 3, 8],
  b: [10, 20, 30, 40],
  word: ['x', 'y', null, 'x'],
});

const rowOf = ({ points }: ReturnType<Recipe['transform']>, i: number) => [
  ...points.data.subarray(i * points.columns, (i + 1) * points.columns),
];

describe('missing values', () => {
  it('are replaced: numbers by the median, categories by a level of their own', () => {
    const recipe = Recipe.fit(table, { scaling: 'none' });
    const points = recipe.transform(table);
    expect(recipe.pointColumns.map(({ name }) => name)).toEqual([
      'a',
      'b',
      'word = x',
      'word = y',
      'word = (missing)',
    ]);
    expect(rowOf(points, 1)).toEqual([3, 20, 0, Math.SQRT1_2, 0]);
    expect(rowOf(points, 2)).toEqual([3, 30, 0, 0, Math.SQRT1_2]);
    expect(points.notes).toEqual([
      'Missing values: "a" 1, "word" 1. Numbers get the median, categories a level of their own.',
    ]);
  });

  it('get an indicator', () => {
    const recipe = Recipe.fit(table, { scaling: 'none', missing: 'indicator', columns: ['a', 'b'] });
    expect(recipe.pointColumns.map(({ name }) => name)).toEqual(['a', 'a is missing', 'b']);
    const points = recipe.transform(table);
    expect([rowOf(points, 0), rowOf(points, 1)]).toEqual([
      [1, 0, 10],
      [3, 1, 20],
    ]);
  });

  it('drop their rows, also from what is learned', () => {
    const recipe = Recipe.fit(table, { missing: 'drop', exclude: ['word'] });
    const { points, rows, notes } = recipe.transform(table);
    expect([...rows]).toEqual([0, 2, 3]);
    expect(points.rows).toBe(3);
    expect(notes).toEqual(['1 of 4 rows lack a value: they get no cluster.']);
    // The mean of 10, 30 and 40.
    expect(recipe.columns[1].encoding).toMatchObject({ center: expect.closeTo(80 / 3, 12) as number });
    const none = tableOf({ a: [NaN, 1], b: [1, NaN] });
    // A column that is not used drops no row.
    const comment = tableOf({ a: [1, 2, 4], b: [5, 6, 9], same: [1, 1, null], none: [null, null, null] });
    expect(Recipe.fit(comment, { missing: 'drop' }).transform(comment).points.rows).toBe(3);
    expect(Recipe.fit(comment, { missing: 'error' }).transform(comment).points.rows).toBe(3);
    expect(() => Recipe.fit(none, { missing: 'drop' })).toThrow(/dropping such rows leaves none/);
  });

  it('are refused with row and column', () => {
    expect(() => Recipe.fit(table, { missing: 'error' })).toThrow(DataError);
    expect(() => Recipe.fit(table, { missing: 'error' })).toThrow(/column "a" of table is missing in row 2/);
    const whole = tableOf({ a: [1, 2, 4], b: [1, 3, 2] });
    const recipe = Recipe.fit(whole, { missing: 'error' });
    expect(() => recipe.transform(tableOf({ a: [1, 2], b: [1, null] }))).toThrow(
      /column "b" of table is missing in row 2/,
    );
  });

  it('of a column that had none get the median, and of categories no level', () => {
    const whole = tableOf({ a: [1, 2, 9], word: ['x', 'y', 'x'] }, { name: 'whole' });
    const recipe = Recipe.fit(whole, { scaling: 'none', as: { word: 'category' } });
    const points = recipe.transform(tableOf({ a: [5, null], word: [null, 'y'] }));
    expect(points.notes).toEqual([
      'Missing values: "a" 1, "word" 1. Numbers get the median. ' +
        'In "word" none was missing in the fit, so these rows are in none of the categories.',
    ]);
    expect(rowOf(points, 0)).toEqual([5, 0, 0]);
    expect(rowOf(points, 1)).toEqual([2, 0, Math.SQRT1_2]);
  });

  it('may fill a whole column, whatever its type then is', () => {
    const recipe = Recipe.fit(table, { scaling: 'none' });
    const points = recipe.transform(tableOf({ a: [null, null], b: [1, 2], word: [null, null] }));
    expect(rowOf(points, 1)).toEqual([3, 2, 0, 0, Math.SQRT1_2]);
  });
});

describe('missing components of vectors', () => {
  const vectors = (data: readonly number[]): Table => {
    const values = matrix(Float64Array.from(data), data.length / 2, 2);
    const column: Column = { type: 'vector', name: 'values', values };
    return { name: 'table', rows: values.rows, notes: [], columns: [column] };
  };

  it('get the median of their component', () => {
    const gappy = vectors([1, 10, NaN, 20, 5, NaN, 2, 40]);
    const { points, notes } = Recipe.fit(gappy).transform(gappy);
    expect(notes).toEqual(['Missing values: "values" 2. Components of vectors get the median.']);
    expect([...points.data]).toEqual([1, 10, 2, 20, 5, 20, 2, 40]);
  });

  it('leave a row without a point when the fit had none', () => {
    const recipe = Recipe.fit(vectors([1, 2, 3, 4]));
    const { points, rows, notes } = recipe.transform(vectors([1, 2, NaN, 4, 5, 6]));
    expect([...rows]).toEqual([0, 2]);
    expect([...points.data]).toEqual([1, 2, 5, 6]);
    expect(notes).toEqual([
      '1 of 3 rows lack numbers of the vectors in "values", which had no gaps in the fit: they get no cluster.',
    ]);
  });

  it('are told from rows without any value', () => {
    const recipe = Recipe.fit(vectors([1, 2, 3, 4]));
    const { notes } = recipe.transform(vectors([1, 2, NaN, 4, NaN, NaN, 7, NaN]));
    expect(notes).toEqual([
      '1 of 4 rows have no value in any column that is used: they get no cluster.',
      '2 of 4 rows lack numbers of the vectors in "values", which had no gaps in the fit: they get no cluster.',
    ]);
  });

  it('get the median in a column without any value, whatever its type then is', () => {
    const gappy = vectors([1, 10, NaN, 20, 5, NaN, 2, 40]);
    const withX = (table: Table, x: readonly number[]) => ({
      ...table,
      columns: [...table.columns, columnOf('x', x)],
    });
    const recipe = Recipe.fit(withX(gappy, [1, 2, 3, 4]), { scaling: 'none' });
    const { points } = recipe.transform(tableOf({ values: [null, null], x: [7, 8] }));
    expect([...points.data]).toEqual([2, 20, 7, 2, 20, 8]);
  });

  it('leave a row without a point when all are missing', () => {
    const { rows } = Recipe.fit(vectors([1, 2, NaN, NaN, 5, 6])).transform(vectors([NaN, NaN, 1, NaN]));
    expect([...rows]).toEqual([1]);
  });

  it('are refused with their row', () => {
    expect(() => Recipe.fit(vectors([1, 2, 3, NaN]), { missing: 'error' })).toThrow(
      /"values" of table is missing in row 2/,
    );
    expect(() => Recipe.fit(vectors([1, 2, 3, -Infinity]))).toThrow(/row 2 of the column "values" is -inf/);
  });
});
