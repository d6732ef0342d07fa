import { matrix, Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { columnOf } from '../table/table-of.ts';
import type { Column, Table } from '../table/table.ts';
import { Recipe } from './recipe.ts';

const ROWS = 50;

function draw(seed: number, spread = 1, start = 0): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: ROWS }, () => start + spread * random.uniform());
}

const bytes = (seed: number) => draw(seed, 255.99).map(Math.floor);

const tableOfColumns = (columns: readonly Column[]): Table => ({
  name: 'table',
  rows: ROWS,
  notes: [],
  columns,
});
const named = (names: readonly string[], values: (i: number) => Float64Array): Table =>
  tableOfColumns(names.map((name, i) => columnOf(name, values(i))));
const numbered = (stem: string, count: number) => Array.from({ length: count }, (_, i) => `${stem}${i}`);

const vectors = matrix(
  Float64Array.from({ length: ROWS * 4 }, (_, i) => Math.sin(i) * (1 + (i % 4))),
  ROWS,
  4,
);
const vector: Column = { type: 'vector', name: 'v', values: vectors };

/** The population's variance of each column of the points. */
function variances({ points }: ReturnType<Recipe['transform']>): number[] {
  return Array.from({ length: points.columns }, (_, j) => {
    const values = Array.from(
      { length: points.rows },
      (_, i) => points.data[i * points.columns + j] * points.scale,
    );
    const mean = values.reduce((a, b) => a + b) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  });
}

describe('the scaling that a recipe chooses', () => {
  it.each([
    ['numbered columns that spread alike', 'none', named(numbered('x', 5), (i) => draw(i, i + 1))],
    ['pixels', 'none', named(numbered('pixel', 70), bytes)],
    [
      'pixels by other names',
      'none',
      named(
        numbered('a', 70).map((name) => `${name}b`),
        bytes,
      ),
    ],
    ['one vector column', 'none', tableOfColumns([vector])],
    ['many columns without names', 'none', named(numbered('column ', 16), (i) => draw(i))],
    ['few columns without names', 'standardize', named(numbered('column ', 5), (i) => draw(i))],
    ['columns with names of their own', 'standardize', named(['age', 'income'], (i) => draw(i))],
    [
      'numbered columns, one of which spreads more',
      'standardize',
      named(numbered('x', 5), (i) => draw(i, i === 3 ? 1e5 : 1)),
    ],
    ['two numbered columns', 'standardize', named(numbered('x', 2), (i) => draw(i))],
    ['numbered columns beside another', 'standardize', named([...numbered('x', 5), 'age'], (i) => draw(i))],
    ['a vector beside a number', 'standardize', tableOfColumns([vector, columnOf('age', draw(1))])],
  ] as const)('of %s is %s', (_, kind, table) => {
    const { scaling } = Recipe.fit(table);
    expect(scaling.kind).toBe(kind);
    expect(scaling.why).toMatch(kind === 'none' ? /of one kind/ : /different units/);
  });

  it('gives numbers variance 1, numbered columns a mean variance of 1, and a vector a sum of 1', () => {
    const columns = [
      columnOf('age', draw(1, 80)),
      ...numbered('q', 3).map((name, i) => columnOf(name, draw(i + 2, i + 1))),
      vector,
    ];
    const table = tableOfColumns(columns);
    const spread = variances(Recipe.fit(table).transform(table));
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
    expect(spread[0]).toBeCloseTo(1, 12);
    expect(sum(spread.slice(1, 4))).toBeCloseTo(3, 12);
    expect(spread[3] / spread[1]).toBeGreaterThan(4);
    expect(sum(spread.slice(4))).toBeCloseTo(1, 12);
  });

  it('says how far apart rows of different categories are', () => {
    const cycle = (values: readonly string[]) =>
      Array.from({ length: ROWS }, (_, i) => values[i % values.length]);
    const columns = [
      columnOf('age', draw(1)),
      columnOf('sex', cycle(['f', 'm'])),
      columnOf('town', cycle(['a', 'b', 'c'])),
    ];
    const table = tableOfColumns(columns);
    const recipe = Recipe.fit(table);
    expect(recipe.scaling.why).toContain(
      'Rows that differ in "sex" are apart by 1 standard deviation of a number, in "town" by 1.4.',
    );
    const { points } = recipe.transform(table);
    const distance = (from: number, to: number) =>
      Math.sqrt(
        [from, to].reduce((sum, j) => sum + (points.data[j] - points.data[points.columns + j]) ** 2, 0),
      );
    expect(distance(1, 2)).toBeCloseTo(1, 12);
    expect(distance(3, 4)).toBeCloseTo(Math.SQRT2, 12);
  });
});

describe('points', () => {
  it('of numbers that are 0 and 1 are as far apart as those of true and false', () => {
    const flags = Array.from({ length: ROWS }, (_, i) => i % 5 === 0);
    const columns = [
      columnOf('x', draw(1)),
      columnOf('number', flags.map(Number)),
      columnOf('boolean', flags),
    ];
    const table = tableOfColumns(columns);
    const { points } = Recipe.fit(table).transform(table);
    const [a, b] = [points.data.subarray(0, 4), points.data.subarray(4, 8)];
    expect(Math.abs(a[1] - b[1])).toBeCloseTo(1, 12);
    expect(Math.hypot(a[2] - b[2], a[3] - b[3])).toBeCloseTo(1, 12);
  });

  it('of one vector column are its matrix itself, with its shape', () => {
    const image: Column = {
      type: 'vector',
      name: 'values',
      values: matrix(new Uint8Array(ROWS * 4), ROWS, 4, 1 / 255),
      imageShape: [2, 2],
    };
    const { points, imageShape } = Recipe.fit(tableOfColumns([image])).transform(tableOfColumns([image]));
    expect(points).toBe(image.values);
    expect(imageShape).toEqual([2, 2]);
  });

  it('of pixels in columns are bytes, constant ones included', () => {
    const table = named(numbered('pixel', 70), (i) => (i === 0 ? new Float64Array(ROWS) : bytes(i)));
    const { points } = Recipe.fit(table).transform(table);
    expect(points.data).toBeInstanceOf(Uint8Array);
    expect(points.columns).toBe(70);
    expect(points.data[69]).toBe(bytes(69)[0]);
  });

  it('as they are become float32 where that is exact', () => {
    const halves = named(['a', 'b'], (i) =>
      draw(i, 100)
        .map(Math.floor)
        .map((value) => value - 10.5),
    );
    expect(Recipe.fit(halves, { scaling: 'none' }).transform(halves).points.data).toBeInstanceOf(
      Float32Array,
    );
    const tenths = named(['a', 'b'], (i) => draw(i));
    expect(Recipe.fit(tenths, { scaling: 'none' }).transform(tenths).points.data).toBeInstanceOf(
      Float64Array,
    );
  });

  it.each([
    ['30 cm at 4,000,000 m', 4_000_000, 0.3],
    ['a minute in milliseconds since 1970', 1_700_000_000_000, 60_000],
  ])('tell groups apart that float32 could not: %s', (_, start, gap) => {
    const random = new Random(1);
    const place = Float64Array.from(
      { length: ROWS },
      (_, i) => start + (i < ROWS / 2 ? 0 : gap) + gap * 0.05 * random.uniform(),
    );
    const table = tableOfColumns([
      columnOf('place', place),
      columnOf('same', new Float64Array(ROWS).fill(start)),
    ]);
    const { points } = Recipe.fit(table).transform(table);
    expect(points.columns).toBe(1);
    const [low, high] = [points.data.slice(0, ROWS / 2), points.data.slice(ROWS / 2)];
    expect(Math.min(...high) - Math.max(...low)).toBeGreaterThan(1.8);
  });

  it('of dates are days, of times hours', () => {
    const days = Float64Array.from({ length: ROWS }, (_, i) => i * 86_400_000);
    const date: Column = { type: 'date', name: 'd', values: days, precision: 'day' };
    const time: Column = {
      type: 'date',
      name: 't',
      values: days.map((value) => (value / 86_400) * 3600),
      precision: 'time',
    };
    const table = tableOfColumns([date, time]);
    const { points } = Recipe.fit(table, { scaling: 'none' }).transform(table);
    expect([...points.data.subarray(4, 6)]).toEqual([2, 2]);
  });
});
