import { describe, expect, it } from 'vitest';
import { cellAt } from '../table/cells.ts';
import { columnOf, tableOf } from '../table/table-of.ts';
import type { Column, Table } from '../table/table.ts';
import { Recipe } from './recipe.ts';

/** 150 times "a", 147 "b", and three words that are rare. */
const words = [...new Array<string>(150).fill('a'), ...new Array<string>(147).fill('b'), 'c', 'd', 'e'];
const table = tableOf({ word: words, x: Float64Array.from(words, (_, i) => i) });
const options = { scaling: 'none' } as const;

describe('categories', () => {
  it('that are rare share a column', () => {
    const recipe = Recipe.fit(table, options);
    expect(recipe.pointColumns.map(({ category }) => category)).toEqual(['a', 'b', '(other)', undefined]);
    expect(recipe.columns[0]).toMatchObject({ encoding: { levels: ['a', 'b'], others: ['c', 'd', 'e'] } });
    const { points, notes } = recipe.transform(tableOf({ word: ['c', 'e', 'a'], x: [0, 0, 0] }));
    expect([...points.data.subarray(0, 8)]).toEqual([0, 0, 1, 0, 0, 0, 1, 0]);
    expect(notes).toEqual([]);
  });

  it('that are unknown are counted, and count as rare or as none', () => {
    const { points, notes } = Recipe.fit(table, options).transform(
      tableOf({ word: ['z', 'z', 'a'], x: [0, 0, 0] }),
    );
    expect([...points.data.subarray(0, 3)]).toEqual([0, 0, 1]);
    expect(notes).toEqual([
      '"word": 2 of 3 rows have categories that the recipe does not know, such as "z".',
    ]);
    const few = tableOf({ word: ['a', 'b', 'a', 'b'], x: [1, 2, 3, 4] });
    const plain = Recipe.fit(few, options).transform(tableOf({ word: ['z'], x: [0] }));
    expect([...plain.points.data]).toEqual([0, 0, 0]);
  });

  it('keep their name when only one is rare', () => {
    const one = tableOf({
      word: [...words.slice(0, 297), 'c', 'a', 'a'],
      x: Float64Array.from(words, (_, i) => i),
    });
    expect(Recipe.fit(one).columns[0]).toMatchObject({
      encoding: { levels: ['a', 'b', 'c'], others: [], weight: Math.SQRT1_2 },
    });
  });

  it('weigh more when there are more than two', () => {
    const many = tableOf({ word: ['a', 'b', 'c', 'a', 'b', 'c'], x: [1, 2, 3, 4, 5, 6] });
    expect(Recipe.fit(many).columns[0]).toMatchObject({ encoding: { weight: 1 } });
    // Two, and 1 % of the rows that share a place.
    expect(Recipe.fit(table).columns[0]).toMatchObject({ encoding: { weight: 1 } });
  });

  it('weigh as two when further places have less than 1 % of the rows, or are of missing values', () => {
    const weightOf = (given: readonly (string | null)[]) => {
      const x = Float64Array.from(given, (_, i) => i);
      const [{ encoding }] = Recipe.fit(tableOf({ word: given, x })).columns;
      return encoding?.kind === 'category' ? [encoding.weight, encoding.others.length] : [];
    };
    expect(weightOf([...words, 'a'])).toEqual([Math.SQRT1_2, 3]);
    expect(weightOf([...words.slice(0, 250), ...new Array<null>(50).fill(null)])).toEqual([Math.SQRT1_2, 0]);
  });

  it('match by what a file says, whatever type its reader gave them', () => {
    const codes = tableOf({ code: ['1', '2', 'x', '1', '2', 'x'], x: [1, 2, 3, 4, 5, 6] });
    const { points, notes } = Recipe.fit(codes, options).transform(tableOf({ code: [1, 2], x: [0, 0] }));
    expect([...points.data]).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
    expect(notes).toEqual([]);
  });

  const flags = (words?: readonly [string, string], values = [1, 1, 0]): Column => ({
    type: 'boolean',
    name: 'word',
    values: Uint8Array.from(values),
    words,
  });
  const texts = (...given: readonly string[]): Column => columnOf('word', given);
  const numbers = (...given: readonly number[]): Column => columnOf('word', given);
  const withX = (word: Column): Table => ({
    name: 'table',
    rows: 3,
    notes: [],
    columns: [word, columnOf('x', [0, 0, 0])],
  });

  it.each([
    ['M and F, then only F', texts('F', 'M', 'M'), flags(['F', 'T'], [0, 0, 0]), 'FFF'],
    ['yes and no, then maybe', flags(['no', 'yes']), texts('yes', 'maybe', 'no'), 'yes?no'],
    ['true and false, then yes, no, maybe', flags(), texts('Yes', 'maybe', 'no'), 'true?false'],
    ['yes, no, maybe, then true and false', texts('maybe', 'Yes', 'No'), flags(), 'YesYesNo'],
    ['Y and N, then yes and no', flags(['N', 'Y']), flags(['no', 'yes']), 'YYN'],
    ['5.0 and n/k, then only 5.0', texts('5.0', 'n/k', '7'), numbers(5, 5, 7), '5.05.07'],
    ['numbers, then 5.0 and n/k', numbers(5, 6, 5), texts('5.0', 'n/k', '6.00'), '5?6'],
    ['codes that are not numbers', texts('05', '5', '6'), texts('5.0', '05', '005'), '505?'],
    ['numbers that are there twice', texts('5', '5.0', 'x'), texts('5.00', '5', '5.0'), '?55.0'],
    ['large numbers', texts('9007199254740993', 'x', 'y'), texts('9007199254740992', 'x', 'y'), '?xy'],
    ['f without t', texts('f', 'm', 'f'), texts('false', 'm', 'f'), '?mf'],
  ])('mean the same, however each file alone is typed: %s', (_, fitted, given, expected) => {
    const recipe = Recipe.fit(withX(fitted), { as: { word: 'category', x: 'number' }, scaling: 'none' });
    const { points } = recipe.transform(withX(given));
    const found = Array.from({ length: 3 }, (_, row) => {
      const at = recipe.pointColumns.findIndex((_, j) => points.data[row * points.columns + j] > 0);
      return recipe.pointColumns[at]?.category ?? '?';
    });
    expect(found.join('')).toBe(expected);
  });

  it('are refused when the recipe knows none of them', () => {
    const recipe = Recipe.fit(table, options);
    expect(() => recipe.transform(tableOf({ word: ['z', null, 'y'], x: [0, 0, 0] }))).toThrow(
      'The recipe knows none of the categories in the column "word" of table, such as "z", "y". ' +
        'It was fitted to "a", "b". Write them in the same way, or fit again.',
    );
    expect(recipe.transform(tableOf({ word: [null, null], x: [0, 0] })).points.rows).toBe(2);
  });

  it('of true and false come back in their words', () => {
    const recipe = Recipe.fit(withX(flags(['No', 'Yes'])), { scaling: 'none' });
    const [back] = recipe.inverse(recipe.transform(withX(flags(['No', 'Yes']))).points).columns;
    expect(back).toMatchObject({ type: 'boolean', values: Uint8Array.of(1, 1, 0), words: ['No', 'Yes'] });
    const german = Recipe.fit(withX(flags(['nein', 'ja'])));
    const [word] = german.inverse(german.transform(withX(flags(['nein', 'ja']))).points).columns;
    expect([0, 1, 2].map((row) => cellAt(word, row))).toEqual(['ja', 'ja', 'nein']);
  });

  it('are the greatest indicator when they are turned back', () => {
    const recipe = Recipe.fit(table, options);
    const back = recipe.inverse({
      location: 'host',
      data: Float64Array.of(0.2, 0.4, 0.1, 7),
      rows: 1,
      columns: 4,
      scale: 1,
    });
    expect(back.columns.map((column) => cellAt(column, 0))).toEqual(['b', 7]);
  });

  it('that are too many are left out as text, unless the caller wants them', () => {
    const many = Array.from({ length: 4000 }, (_, i) => `w${i % 200}`);
    const wide = tableOf({ word: many, x: Float64Array.from(many, (_, i) => i) });
    expect(Recipe.fit(wide).columns[0]).toMatchObject({ role: 'text', use: 'left out' });
    const told = Recipe.fit(
      tableOf({ word: many.map((_, i) => `w${i % 50}`), x: Float64Array.from(many, (_, i) => i) }),
      { as: { word: 'category' } },
    );
    expect(told.columns[0]).toMatchObject({ role: 'category', use: 'used', width: 50 });
  });
});
