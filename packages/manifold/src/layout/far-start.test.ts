import { matrix, Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { Umap } from '../umap/umap.ts';
import { warnOfFarStart } from './far-start.ts';

const random = new Random(4);
const start = matrix(
  Float64Array.from({ length: 80 }, () => random.normal()),
  40,
  2,
);

it('warns of a row far from the others', async () => {
  const far = matrix(Float64Array.from(start.data), 40, 2);
  far.data[2 * 7 + 1] = 1e6;
  expect(warnOfFarStart(far)).toEqual([
    expect.stringMatching(/^The start has values far from the others: 1\.0e\+6 in row 7, column 1,/),
  ]);
  const points = matrix(
    Float32Array.from({ length: 120 }, () => random.normal()),
    40,
    3,
  );
  const { warnings } = await new Umap({ init: far, neighbors: 5, epochs: 1 }).fit(points);
  expect(warnings[0]).toMatch(/^The start has values far from/);
});

it('does not warn of other starts, in any units, or of columns that mark a few rows', () => {
  expect(warnOfFarStart(start)).toEqual([]);
  expect(
    warnOfFarStart(
      matrix(
        start.data.map((value) => 1e9 + 1e6 * value),
        40,
        2,
      ),
    ),
  ).toEqual([]);
  const marks = matrix(
    Float64Array.from({ length: 40 }, (_, i) => (i === 3 ? 1 : 0)),
    40,
    1,
  );
  expect(warnOfFarStart(marks)).toEqual([]);
});
