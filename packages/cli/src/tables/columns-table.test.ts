import { Recipe, tableOf } from '@shoal/tables';
import { expect, it } from 'vitest';
import { columnsTable } from './columns-table.ts';

it('shows the columns of classes and weights, also behind the columns that a terminal has room for', () => {
  const columns: readonly [string, (number | string)[]][] = [
    ...Array.from({ length: 60 }, (_, i): [string, number[]] => [`x${i}`, [i, 2, 3.5 * i]]),
    ['kind', ['a', 'b', 'a']],
  ];
  const table = tableOf(Object.fromEntries(columns));
  const text = columnsTable(Recipe.fit(table, { labelColumn: 'kind' }));
  expect(text).toMatch(/kind +category +label +The known classes\./);
  expect(text).toMatch(/x39/);
  expect(text).not.toMatch(/x40/);
  expect(text).toMatch(/and 20 more columns/);
});

it('says that the method scales what the recipe leaves as it is', () => {
  const array = tableOf({ values: [Float32Array.of(1, 2000), Float32Array.of(2, 3000)] });
  const recipe = Recipe.fit(array);
  expect(columnsTable(recipe)).not.toMatch(/--scaling/);
  expect(columnsTable(recipe, 'none')).not.toMatch(/--scaling/);
  expect(columnsTable(recipe, 'standardize')).toMatch(
    /left as they are\.\nThe method then scales the points: --scaling standardize\./,
  );
});

it('names the option that a remark is about', () => {
  const code = Array.from({ length: 60 }, (_, i) => 1 + (i % 3));
  const table = tableOf({ code, x: code.map((value, i) => value + i / 7) });
  expect(columnsTable(Recipe.fit(table))).toContain('make them categories (--as column=category).');
});
