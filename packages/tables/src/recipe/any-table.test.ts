import { Random, ShoalError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { columnOf, type ColumnValues } from '../table/table-of.ts';
import type { Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { MISSING_RULES, RECIPE_SCALINGS } from './options.ts';
import { Recipe } from './recipe.ts';

const TABLES = 400;
const NAMES = [
  'id',
  'x0',
  'x1',
  'x2',
  'x3',
  '',
  '__proto__',
  'constructor',
  '<b>',
  'label',
  'a',
  'a',
  'index',
];

/** Columns of every kind: plain, constant, far from 0, huge, tiny, whole, flags, words, dates, vectors. */
function randomValues(random: Random, rows: number): ColumnValues {
  const of = (value: () => unknown) => Array.from({ length: rows }, value);
  const makers: readonly (() => ColumnValues)[] = [
    () => of(() => random.normal()),
    () => of(() => 7),
    () => of(() => 4e9 + random.uniform()),
    () => of(() => random.normal() * 1e150),
    () => of(() => random.normal() * 1e-300),
    () => of(() => random.integer(4)),
    () => of(() => random.integer(2) === 1),
    () => of(() => ['red', 'green', '(other)', '(missing)', 'x'.repeat(200)][random.integer(5)]),
    () => of(() => `word ${random.integer(1000)}`),
    () => of(() => new Date(random.integer(2 ** 31) * 1000)),
    () => of(() => [random.normal(), random.integer(9) === 0 ? NaN : random.normal()]),
    () => of(() => null),
  ];
  const values = Array.from(makers[random.integer(makers.length)]());
  return random.integer(2) === 0 ? values : values.map((value) => (random.integer(4) === 0 ? null : value));
}

function randomTable(random: Random): Table {
  const rows = 1 + random.integer(40);
  const columns = Array.from({ length: 1 + random.integer(6) }, () =>
    columnOf(NAMES[random.integer(NAMES.length)], randomValues(random, rows)),
  );
  return { name: 'random', rows, notes: [], columns };
}

describe('any table', () => {
  it('becomes finite points, a row for each, or an error that says why', () => {
    let points = 0;
    for (let seed = 0; seed < TABLES; seed++) {
      const random = new Random(seed);
      const table = randomTable(random);
      const options = {
        missing: MISSING_RULES[random.integer(MISSING_RULES.length)],
        scaling: RECIPE_SCALINGS[random.integer(RECIPE_SCALINGS.length)],
      };
      try {
        requireSound(table, Recipe.fit(table, options));
        points++;
      } catch (error) {
        if (!(error instanceof ShoalError)) throw new Error(`table ${seed}`, { cause: error });
      }
    }
    expect(points).toBeGreaterThan(TABLES / 2);
  });
});

function requireSound(table: Table, recipe: Recipe): void {
  const made = recipe.transform(table);
  expect(made.tableRows).toBe(table.rows);
  expect(made.points.rows).toBe(made.rows.length);
  expect(made.points.columns).toBe(recipe.pointColumns.length);
  expect(made.points.data.every(Number.isFinite)).toBe(true);
  // A saved recipe does the same.
  const loaded = Recipe.fromState(JSON.parse(JSON.stringify(recipe.toState())));
  expect(loaded.transform(table).points.data).toEqual(made.points.data);
  // The points of a row do not depend on the rows beside it.
  const last = made.rows[made.rows.length - 1];
  const alone = recipe.transform(takeRows(table, Uint32Array.of(last)));
  const width = made.points.columns;
  expect(Array.from(alone.points.data)).toEqual(Array.from(made.points.data.subarray(-width)));
  expect(recipe.inverse(made.points).rows).toBe(made.points.rows);
}
