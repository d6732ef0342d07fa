import { DataError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { Recipe } from './recipe.ts';

const DAY = 86_400_000;

/** The days between the first value and the others, by a recipe that takes the numbers as dates. */
function daysOf(values: readonly number[]): readonly number[] {
  const table = tableOf({ when: values });
  const recipe = Recipe.fromState(Recipe.fit(table, { as: { when: 'date' }, scaling: 'none' }).toState());
  const { data } = recipe.transform(table).points;
  return Array.from(data, (value) => value - data[0]);
}

describe('numbers that are dates', () => {
  it.each([
    ['seconds since 1970', [1.7e9, 1.7e9 + 86_400, 1.7e9 + 43_200], [0, 1, 0.5]],
    ['milliseconds since 1970', [1.7e12, 1.7e12 + DAY, 1.7e12 + DAY / 2], [0, 1, 0.5]],
    ['days, such as 20240131', [20240131, 20240201, 20240301], [0, 1, 30]],
    ['years', [2023, 2024, 2025], [0, 365, 731]],
  ])('are read as %s', (words, values, days) => {
    expect(daysOf(values)).toEqual(days);
    const [column] = Recipe.fit(tableOf({ when: values }), { as: { when: 'date' } }).columns;
    expect(column.why).toBe(`Told to be dates: ${words}, in days, standardized.`);
  });

  it.each([
    ['small numbers', [1, 2, 3]],
    ['a day that is not there', [20240131, 20240230]],
    ['years and seconds', [2024, 1.7e9]],
    ['seconds and milliseconds', [1.7e9, 1.7e12]],
  ])('are refused as %s', (_, values) => {
    const fitting = (): Recipe => Recipe.fit(tableOf({ when: values }), { as: { when: 'date' } });
    expect(fitting).toThrow(DataError);
    expect(fitting).toThrow(/"when", such as .*, are not dates in one of the usual ways/);
  });

  it('mean in other tables what they meant in the fit', () => {
    const recipe = Recipe.fit(tableOf({ when: [1.7e9, 1.8e9] }), { as: { when: 'date' } });
    expect(() => recipe.transform(tableOf({ when: [1.7e9, 1.7e12] }))).toThrow(
      /"when" has 1700000000000 in row 2, but the recipe was fitted to seconds since 1970/,
    );
  });

  it('stay milliseconds in recipes that do not say what they are', () => {
    const recipe = Recipe.fit(tableOf({ when: [1.7e12, 1.8e12] }), { as: { when: 'date' }, scaling: 'none' });
    const text = JSON.stringify(recipe.toState());
    const old: unknown = JSON.parse(text.replace('"dates":"milliseconds",', ''));
    expect(JSON.stringify(old)).not.toBe(text);
    expect(Array.from(Recipe.fromState(old).transform(tableOf({ when: [DAY] })).points.data)).toEqual([1]);
  });

  it('are hinted at where the name and the values look like times', () => {
    const { columns } = Recipe.fit(
      tableOf({ created_at: [1.7e9, 1.8e9, 1.75e9], size: [1.7e9, 1.8e9, 1.9e9] }),
    );
    expect(columns[0].why).toBe(
      'Numbers, standardized. They look like seconds since 1970: if so, make the column a date.',
    );
    expect(columns[1].why).toBe('Numbers, standardized.');
  });
});

describe('reasons', () => {
  it('of columns that are told to be true or false need two values', () => {
    const table = tableOf({ x: ['a', 'b', 'c', 'a'], y: ['a', 'b', 'b', 'a'] });
    expect(() => Recipe.fit(table, { as: { x: 'boolean' } })).toThrow(
      /"x" has 3 different values, such as "a", "b", "c", so it cannot be true or false/,
    );
    expect(Recipe.fit(table, { as: { y: 'boolean' } }).columns[1].use).toBe('used');
  });

  it('of constant columns, single categories and rare ones say what they are', () => {
    expect(Recipe.fit(tableOf({ x: [5, 5, 5] })).columns[0].why).toBe(
      'Numbers that are all equal; nothing else is left to use.',
    );
    const gaps = tableOf({ x: ['a', 'a', null, 'a'], y: [1, 2, 3, 4] });
    expect(Recipe.fit(gaps).columns[0].why).toBe('Texts that repeat: 1 category, one-hot.');
    const many = tableOf({
      x: Array.from({ length: 6000 }, (_, i) => `level ${i % 255}`),
      y: Array.from({ length: 6000 }, (_, i) => i),
    });
    expect(Recipe.fit(many).columns[0].why).toBe('Too many categories: none of the 255 has 1 % of the rows.');
  });
});
