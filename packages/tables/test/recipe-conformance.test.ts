import { Recipe, tableOf, type RecipeScaling } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/recipe.json' with { type: 'json' };

const { columns, medians, scaled, oneHot } = fixture;
const table = tableOf(columns);

/** Of the values themselves; one column lies at 4,000,000, where a float64 has nine decimals. */
const TOLERANCE = 9;

function expectRows(data: ArrayLike<number>, expected: readonly (readonly number[])[]): void {
  const flat = expected.flat();
  expect(data.length).toBe(flat.length);
  for (const [i, value] of flat.entries()) expect(data[i]).toBeCloseTo(value, TOLERANCE);
}

describe('recipes scale as scikit-learn does', () => {
  it.each(Object.entries(scaled))('%s', (scaling, expected) => {
    const recipe = Recipe.fit(table, { scaling: scaling as RecipeScaling, exclude: ['word'] });
    expectRows(recipe.transform(table).points.data, expected);
  });

  it('medians', () => {
    const { columns: uses } = Recipe.fit(table, { exclude: ['word'] });
    const fills = uses.flatMap(({ encoding }) => (encoding?.kind === 'number' ? encoding.fill : []));
    expect(fills).toEqual(medians);
  });

  it('one-hot', () => {
    const { points } = Recipe.fit(table, { columns: ['word'] }).transform(table);
    expectRows(points.data, oneHot);
  });
});
