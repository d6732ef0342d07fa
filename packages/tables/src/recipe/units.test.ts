import { DataError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import type { Table } from '../table/table.ts';
import { Recipe } from './recipe.ts';

/** A table of one column of numbers in a unit. */
function masses(values: readonly number[], unit?: string): Table {
  const table = tableOf({ mass: values }, { name: 'new.csv' });
  return { ...table, columns: table.columns.map((column) => ({ ...column, unit })) };
}

describe('the unit of a column', () => {
  it.each([
    [
      'kg',
      'g',
      /"mass" of new\.csv are in "g", but the recipe was fitted to numbers in "kg"\. Write them in "kg"/,
    ],
    ['%', undefined, /are without a unit, .* fitted to numbers in "%"\. Write them in "%"/],
    [undefined, 'EUR', /are in "EUR", .* fitted to numbers without a unit\. Write them without "EUR"/],
  ])('of a fit (%s) must be that of other tables (%s)', (fitted, given, message) => {
    const recipe = Recipe.fromState(Recipe.fit(masses([1, 2, 4], fitted)).toState());
    expect(recipe.transform(masses([1, 2, 4], fitted)).points.rows).toBe(3);
    expect(() => recipe.transform(masses([3500], given))).toThrow(DataError);
    expect(() => recipe.transform(masses([3500], given))).toThrow(message);
  });

  it('is not compared by a recipe that does not know it, nor without values', () => {
    const recipe = Recipe.fit(tableOf({ mass: [1, 2, 4], other: [3, 1, 2] }));
    const state: unknown = JSON.parse(
      JSON.stringify(recipe.toState(), (key, value: unknown) =>
        key === 'unit' && value === '' ? undefined : value,
      ),
    );
    expect(JSON.stringify(state)).not.toContain('"unit":""');
    const grams = tableOf({ mass: [1], other: [1] });
    const [mass, other] = grams.columns;
    const given = { ...grams, columns: [{ ...mass, unit: 'g' }, other] };
    expect(Recipe.fromState(state).transform(given).points.rows).toBe(1);
    const empty = { ...grams, columns: [{ ...mass, values: Float64Array.of(NaN), unit: 'g' }, other] };
    expect(recipe.transform(empty as Table).points.rows).toBe(1);
  });
});
