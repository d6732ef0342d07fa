import { DataError, matrix, Random, type Matrix } from '@shoal/core';
import { expect, it } from 'vitest';
import { rankExcess } from './rank-excess.ts';

const NEIGHBORS = 4;
/** More rows than a tile has, and not a whole number of tiles. */
const ROWS = 150;

const random = new Random(7);
/** Of few values, so that distances tie. */
const bytes = Uint8Array.from({ length: ROWS * 3 }, () => random.integer(4));
const points = matrix(bytes, ROWS, 3);
const indices = new Uint32Array(ROWS * NEIGHBORS);
for (let i = 0; i < ROWS; i++) {
  random.distinct(NEIGHBORS, ROWS - 1).forEach((row, n) => {
    indices[i * NEIGHBORS + n] = row < i ? row : row + 1;
  });
}
const all = Uint32Array.from({ length: ROWS }, (_, i) => i);
const excessOf = (source: Matrix, judged = all) =>
  rankExcess(source, { judged, indices, neighbors: NEIGHBORS });

/** What `rankExcess` counts, by sorting all rows by their distance. */
function bySorting({ data, rows, columns }: Matrix, judged: Uint32Array): number {
  let sum = 0;
  for (const i of judged) {
    const squares = Array.from({ length: rows }, (_, row) => {
      let square = 0;
      for (let j = 0; j < columns; j++) square += (data[i * columns + j] - data[row * columns + j]) ** 2;
      return square;
    });
    const others = [...squares.keys()].filter((row) => row !== i);
    others.sort((a, b) => squares[a] - squares[b] || a - b);
    for (const row of indices.subarray(i * NEIGHBORS, (i + 1) * NEIGHBORS)) {
      sum += Math.max(0, others.indexOf(row) + 1 - NEIGHBORS);
    }
  }
  return sum;
}

it.each([
  ['all points', all],
  ['one point', Uint32Array.of(149)],
  ['points in no order, more than a tile', Uint32Array.from(new Random(3).distinct(90, ROWS))],
])('ranks neighbors of %s as sorting does, ties by row', async (_, judged) => {
  expect(await excessOf(points, judged)).toBe(bySorting(points, judged));
});

it('a scale changes no rank, unless it makes all points equal', async () => {
  const expected = bySorting(points, all);
  expect(await excessOf(matrix(bytes, ROWS, 3, 1 / 255))).toBe(expected);
  expect(await excessOf(matrix(bytes, ROWS, 3, -2))).toBe(expected);
  const same = await excessOf(matrix(bytes, ROWS, 3, 0));
  expect(same).toBe(bySorting(matrix(new Uint8Array(ROWS * 3), ROWS, 3), all));
  expect(same).not.toBe(expected);
});

it('reports progress, stops when it is aborted, and refuses distances whose squares overflow', async () => {
  const told: number[] = [];
  const controller = new AbortController();
  const options = { judged: all, indices, neighbors: NEIGHBORS };
  await rankExcess(points, {
    ...options,
    onProgress: ({ completed, total }) => {
      told.push(completed);
      expect(total).toBe(ROWS);
    },
  });
  expect(told).toEqual([64, 128, 150]);
  const stopped = rankExcess(points, {
    ...options,
    signal: controller.signal,
    onProgress: () => {
      controller.abort(new Error('enough'));
    },
  });
  await expect(stopped).rejects.toThrow('enough');
  const far = Float64Array.from(bytes, (value) => value * 1e200);
  await expect(excessOf(matrix(far, ROWS, 3))).rejects.toThrow(DataError);
});
