import { describe, expect, it } from 'vitest';
import { NearestList } from './engine/reference/neighbors/nearest-list.ts';
import { KdTree } from './kd-tree.ts';
import { gatherRows, matrix, type Matrix } from './matrix.ts';
import { blobs } from './testing/datasets.ts';

/** Squared distances to the nearest points, by comparing all. */
function nearestOfAll(points: Matrix, query: readonly number[], count: number): number[] {
  const rows = Array.from({ length: points.rows }, (_, i) => i);
  const values = gatherRows(points, rows);
  const squares = rows.map((row) =>
    query.reduce((sum, value, j) => sum + (value - values[row * points.columns + j]) ** 2, 0),
  );
  return squares.sort((a, b) => a - b).slice(0, count);
}

describe('KdTree', () => {
  it.each([
    ['blobs', blobs(700, 3, 4, 1, 2).points],
    ['one point', matrix(Float64Array.of(1, 2), 1, 2)],
    ['copies of one point', matrix(new Float32Array(300).fill(3), 100, 3)],
    [
      'bytes',
      matrix(
        Uint8Array.from({ length: 800 }, (_, i) => (i * i * 31) % 97),
        400,
        2,
        1 / 255,
      ),
    ],
    [
      'values that halve',
      matrix(
        Float64Array.from({ length: 400 }, (_, i) => 2 ** -i),
        200,
        2,
      ),
    ],
  ])('finds the nearest of all: %s', (_, points) => {
    const tree = new KdTree(points);
    const count = Math.min(7, points.rows);
    const first = [...gatherRows(points, [0])];
    for (const query of [first, first.map((value, j) => value + 0.3 * (j + 1)), first.map(() => -5)]) {
      const nearest = new NearestList(count);
      tree.search(Float64Array.from(query), 0, nearest);
      expect([...nearest.squares]).toEqual(nearestOfAll(points, query, count));
    }
  });
});
