import { readTable } from '@shoal/data';
import { Recipe, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';

/** A table of a text column and one of numbers. */
function fileOf(values: readonly string[]): Promise<Table> {
  const lines = values.map((value, i) => `${value},${i % 5}`);
  return readTable(new TextEncoder().encode(['word,x', ...lines, ''].join('\n')), 'file.csv');
}

const repeated = (...words: readonly string[]) =>
  Array.from({ length: 30 }, (_, i) => words[i % words.length]);

describe('categories of one file in another', () => {
  it.each([
    ['F, M', ['F', 'M'], ['F'], ['F']],
    ['yes, no', ['yes', 'no'], ['yes', 'maybe', 'no'], ['yes', undefined, 'no']],
    ['yes, no, maybe', ['yes', 'no', 'maybe'], ['No', 'Yes'], ['no', 'yes']],
    ['true, false', ['true', 'false'], ['TRUE', 'n/k', 'False'], ['true', undefined, 'false']],
    [
      'TRUE, FALSE',
      ['TRUE', 'FALSE'],
      ['YES', '1', '0', 'true', 'n'],
      ['TRUE', 'TRUE', 'FALSE', 'TRUE', 'FALSE'],
    ],
    ['1, 0, n/k', ['1', '0', 'n/k'], ['TRUE', 'no'], ['1', '0']],
    ['5.0, n/k', ['5.0', 'n/k', '7.5'], ['5.0', '7.50'], ['5.0', '7.5']],
  ] as const)('are known, whatever type their column has: %s', async (_, fitted, given, expected) => {
    const recipe = Recipe.fit(await fileOf(repeated(...fitted)), { scaling: 'none' });
    const { points } = recipe.transform(await fileOf(given));
    const found = given.map((_, row) => {
      const at = recipe.pointColumns.findIndex(
        ({ category }, j) => category !== undefined && points.data[row * points.columns + j] > 0,
      );
      return recipe.pointColumns.at(at)?.category;
    });
    expect(found).toEqual(expected);
  });

  it('are numbers where the fit had 1 and 0', async () => {
    const recipe = Recipe.fit(await fileOf(repeated('1', '0')), { scaling: 'none' });
    const { points } = recipe.transform(await fileOf(['TRUE', 'FALSE', '']));
    expect(Array.from({ length: 3 }, (_, row) => points.data[row * points.columns])).toEqual([1, 0, 0.5]);
  });
});
