import { expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { Recipe } from './recipe.ts';
import { withDateColumns } from './with-date-columns.ts';

it('makes dates of the numbers that a recipe takes for dates', () => {
  const table = tableOf({ time: [1.52e12, 1.53e12, 1.54e12], year: [1999, 2005, 2010], x: [1, 2, 3] });
  const recipe = Recipe.fit(table, { as: { time: 'date', year: 'date' } });
  const { columns } = withDateColumns(recipe, table);
  expect(columns.map(({ type }) => type)).toEqual(['date', 'date', 'number']);
  expect(columns[0]).toMatchObject({
    precision: 'moment',
    values: Float64Array.of(1.52e12, 1.53e12, 1.54e12),
  });
  expect(columns[1]).toMatchObject({ precision: 'day', values: { 0: Date.UTC(1999, 0, 1) } });
  expect(columns[2]).toBe(table.columns[2]);
});
