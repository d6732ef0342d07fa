import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { describedColumns } from './described-columns.ts';
import { Recipe } from './recipe.ts';

describe('describedColumns', () => {
  it('are not ids, weights, labels and vectors', () => {
    const table = tableOf({
      id: [7, 9, 4, 5],
      mass: [1, 2, 3, 5],
      label: ['x', 'y', 'x', 'y'],
      w: [1, 2, 1, 2],
      v: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 9],
      ],
      note: ['a word', 'some words', 'a word', 'words and words'],
    });
    const recipe = Recipe.fit(table, { weight: 'w' });
    expect(describedColumns(recipe, table)).toEqual([1, 5]);
    const other = tableOf({ note: ['a'], unknown: [1], id: [2], mass: [3] });
    expect(describedColumns(recipe, other)).toEqual([0, 3]);
  });
});
