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
    expect(describedColumns(Recipe.fit(table, { weight: 'w' }))).toEqual([1, 5]);
  });
});
