import { DataError, InvalidArgumentError, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { cellAt } from '../table/cells.ts';
import { tableOf } from '../table/table-of.ts';
import type { Table } from '../table/table.ts';
import { takeRows } from '../table/take-rows.ts';
import { Recipe } from './recipe.ts';

const birds = tableOf({
  id: Array.from({ length: 8 }, (_, i) => 100 + 7 * i),
  species: ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c'],
  mass: [1, 2, 3, 4, NaN, 6, 7, 8.5],
  sex: [true, false, true, null, true, false, true, false],
  seen: Array.from({ length: 8 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i))),
  label: ['x', 'x', 'x', 'x', 'y', 'y', 'y', 'y'],
  same: new Float64Array(8).fill(1e9),
});

const usesOf = ({ columns }: Recipe) =>
  Object.fromEntries(columns.map(({ name, use, role }) => [name, [use, role]]));

describe('Recipe', () => {
  it('says what it does with each column', () => {
    const recipe = Recipe.fit(birds);
    expect(usesOf(recipe)).toEqual({
      id: ['id', 'id'],
      species: ['used', 'category'],
      mass: ['used', 'number'],
      sex: ['used', 'boolean'],
      seen: ['used', 'date'],
      label: ['label', 'category'],
      same: ['left out', 'number'],
    });
    expect(recipe.columns[2]).toMatchObject({ missing: 1, rows: 8, width: 1 });
    expect(recipe.scaling.kind).toBe('standardize');
    expect(recipe.pointColumns.map(({ name }) => name)).toEqual([
      'species = a',
      'species = b',
      'species = c',
      'mass',
      'sex = false',
      'sex = true',
      'sex = (missing)',
      'seen',
    ]);
  });

  it('gives each row its coordinates', () => {
    const { points, rows, tableRows, classes } = Recipe.fit(birds).transform(birds);
    expect([points.rows, points.columns, tableRows]).toEqual([8, 8, 8]);
    expect([...rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(classes).toMatchObject({ classNames: ['x', 'y'] });
    const present = [1, 2, 3, 4, 6, 7, 8.5];
    const mean = present.reduce((a, b) => a + b) / 7;
    const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 7);
    const row = (i: number) => [...points.data.subarray(i * 8, i * 8 + 8)];
    const half = Math.SQRT1_2;
    const day = (i: number) => (i - 3.5) / Math.sqrt(5.25);
    const close = (expected: readonly number[]) =>
      expected.map((value): unknown => expect.closeTo(value, 12));
    expect(row(0)).toEqual(close([1, 0, 0, (1 - mean) / deviation, 0, half, 0, day(0)]));
    expect(row(3)).toEqual(close([0, 1, 0, (4 - mean) / deviation, 0, 0, half, day(3)]));
    // The median of the seven that are there is 4.
    expect(row(4)[3]).toBeCloseTo((4 - mean) / deviation, 12);
  });

  it('gives the columns back', () => {
    const recipe = Recipe.fit(birds);
    const back = recipe.inverse(recipe.transform(birds).points);
    expect(back.columns.map(({ name }) => name)).toEqual(['species', 'mass', 'sex', 'seen']);
    const [species, mass, sex, seen] = back.columns;
    expect(cellAt(species, 3)).toBe('b');
    expect(cellAt(mass, 7)).toBeCloseTo(8.5, 12);
    expect([cellAt(sex, 0), cellAt(sex, 3)]).toEqual([true, undefined]);
    expect(cellAt(seen, 7)).toBe('2024-01-08T00:00:00.000Z');
    expect(() => recipe.inverse({ ...recipe.transform(birds).points, columns: 4 })).toThrow(ShapeError);
  });

  it('is the same after JSON', () => {
    const recipe = Recipe.fit(birds);
    const state: unknown = JSON.parse(JSON.stringify(recipe.toState()));
    const loaded = Recipe.fromState(state);
    expect(loaded.toState()).toEqual(state);
    expect(loaded.columns).toEqual(recipe.columns);
    expect(loaded.transform(birds)).toEqual(recipe.transform(birds));
  });

  it('finds columns by name, and ignores others', () => {
    const recipe = Recipe.fit(birds);
    const turned = { ...birds, columns: [...birds.columns].reverse() };
    expect(recipe.transform(turned).points).toEqual(recipe.transform(birds).points);
    const more = {
      ...birds,
      columns: [...birds.columns, ...tableOf({ extra: new Float64Array(8) }).columns],
    };
    expect(recipe.transform(more).notes).toContainEqual(expect.stringMatching(/ignored: "extra"/));
  });

  it('names columns that are missing or of another type', () => {
    const recipe = Recipe.fit(birds);
    const without = { ...birds, columns: birds.columns.filter(({ name }) => name !== 'mass') };
    expect(() => recipe.transform(without)).toThrow(DataError);
    expect(() => recipe.transform(without)).toThrow(/lacks a column that the recipe uses: "mass"/);
    const other = tableOf({
      species: ['a', 'b'],
      mass: ['heavy', 'light'],
      sex: [true, false],
      seen: [new Date(), new Date()],
    });
    expect(() => recipe.transform(other)).toThrow(/"mass" of table has text values, but .* number values/);
  });

  it('tells dates from times of day', () => {
    const of = (precision: 'day' | 'time', values: readonly number[]): Table => {
      const column = { type: 'date', name: 'when', values: Float64Array.from(values), precision } as const;
      return { name: precision, rows: values.length, notes: [], columns: [column] };
    };
    const days = Recipe.fit(of('day', [0, 86_400_000, 3 * 86_400_000]));
    expect(() => days.transform(of('time', [0, 3_600_000]))).toThrow(
      'The column "when" of time has times of day, but the recipe was fitted to dates.',
    );
    expect(() => Recipe.fit(of('time', [0, 3_600_000])).transform(of('day', [0]))).toThrow(
      'The column "when" of day has dates, but the recipe was fitted to times of day.',
    );
    // Without any value, a column is of either kind; here no row is left.
    expect(() => days.transform(of('time', [NaN]))).toThrow(/None of the 1 rows/);
  });

  it('gives rows without any value no point', () => {
    const table = tableOf({ a: [1, NaN, 3, 5], b: ['x', null, null, 'x'], c: [1, NaN, NaN, 4] });
    const { rows, points, tableRows, notes } = Recipe.fit(table).transform(table);
    expect([...rows]).toEqual([0, 2, 3]);
    expect([points.rows, tableRows]).toEqual([3, 4]);
    expect(notes[0]).toMatch(/1 of 4 rows have no value in any column that is used/);
  });

  it('refuses infinities with their place', () => {
    const table = tableOf({ a: [1, 2, Infinity], b: [1, 2, 3] });
    expect(() => Recipe.fit(table)).toThrow(DataError);
    expect(() => Recipe.fit(table)).toThrow(/row 3 of the column "a" is inf/);
    const fine = takeRows(table, Uint32Array.of(0, 1));
    expect(() => Recipe.fit(fine).transform(table)).toThrow(/row 3 of the column "a" is inf/);
  });

  it('keeps constant columns when there is nothing else', () => {
    const { points } = Recipe.fit(birds, { columns: ['same'] }).transform(birds);
    expect([...points.data]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses what options do not allow', () => {
    expect(() => Recipe.fit(birds, { as: { mass: 'weight' as 'number' } })).toThrow(InvalidArgumentError);
    expect(() => Recipe.fit(birds, { columns: ['wings'] })).toThrow(/no column of table is called "wings"/);
    expect(() => Recipe.fit(birds, { weight: 'mass', labelColumn: 'mass' })).toThrow(/named for two/);
    const texts = tableOf({ a: ['x', 'y', 'z'], b: ['1', '2', '3'] });
    expect(() => Recipe.fit(texts)).toThrow(
      /No column of table can be used to cluster by. "a": Texts that are all different. "b"/,
    );
  });
});
