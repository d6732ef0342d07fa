import { describe, expect, it } from 'vitest';
import { DataError, ShapeError } from '../errors.ts';
import { matrix, matrixFromRows } from '../matrix.ts';
import { calinskiHarabaszIndex } from './calinski-harabasz.ts';
import { Random } from '../random.ts';
import { daviesBouldinIndex } from './davies-bouldin.ts';
import { scoreSpread } from './score-spread.ts';

/** Four clusters of ten points, each on two places, around (0.5, 0.5), (3.5, 3.5), (0.5, 3.5) and (3.5, 0.5). */
const grid = matrixFromRows([
  ...copies([0, 0], [1, 1]),
  ...copies([3, 3], [4, 4]),
  ...copies([0, 4], [1, 3]),
  ...copies([3, 1], [4, 0]),
]);
const gridLabels = Array.from({ length: 40 }, (_, i) => Math.floor(i / 10));

function copies(...rows: [number, number][]): [number, number][] {
  return Array.from({ length: 5 }, () => rows).flat();
}

const twoHalves = Array.from({ length: 20 }, (_, i) => Math.floor(i / 10));
const equalMeans = matrixFromRows([...copies([-1, -1], [1, 1]), ...copies([-2, -2], [2, 2])]);

describe.each([
  ['Calinski-Harabasz', calinskiHarabaszIndex],
  ['Davies-Bouldin', daviesBouldinIndex],
])('%s', (_name, index) => {
  it('needs 2 to points - 1 clusters, one label per point and finite values', () => {
    expect(() => index(grid, new Uint8Array(40))).toThrow(DataError);
    expect(() => index(grid, Array.from(gridLabels.keys()))).toThrow(DataError);
    expect(() => index(grid, [0, 1])).toThrow(ShapeError);
    expect(() => index(matrixFromRows([[0], [Infinity], [1]]), [0, 0, 1])).toThrow(DataError);
  });

  it('refuses values whose squares float64 cannot hold, and does not give NaN', () => {
    expect(() => index(matrixFromRows([[0], [1e200], [1]]), [0, 0, 1])).toThrow('Scale the points down');
    const farApart = matrixFromRows([[0], [1], [1e200], [1e200]]);
    expect(() => index(farApart, [0, 0, 1, 1])).toThrow('Scale the points down');
  });
});

describe('calinskiHarabaszIndex', () => {
  it('is 1 where all points are one place, also one that float64 cannot average exactly', () => {
    expect(calinskiHarabaszIndex(matrix(new Float64Array(40).fill(1), 20, 2), twoHalves)).toBe(1);
    expect(calinskiHarabaszIndex(matrix(new Float64Array(40).fill(0.1), 20, 2), twoHalves)).toBe(1);
  });

  it('is 0 where the means coincide', () => {
    expect(calinskiHarabaszIndex(equalMeans, twoHalves)).toBe(0);
  });

  it('is 45 * 36 / 15 = 108 on the grid', () => {
    expect(calinskiHarabaszIndex(grid, gridLabels)).toBeCloseTo((45 * 36) / 15, 12);
  });
});

describe('daviesBouldinIndex', () => {
  it('is 0 where all points are one place, also one that float64 cannot average exactly', () => {
    expect(daviesBouldinIndex(matrix(new Float64Array(40).fill(1), 20, 2), twoHalves)).toBe(0);
    expect(daviesBouldinIndex(matrix(new Float64Array(40).fill(0.1), 20, 2), twoHalves)).toBe(0);
  });

  it('is 0 where the means coincide', () => {
    expect(daviesBouldinIndex(equalMeans, twoHalves)).toBe(0);
  });

  it('is 2 sqrt(.5) / 3 on the grid', () => {
    expect(daviesBouldinIndex(grid, gridLabels)).toBeCloseTo((2 * Math.sqrt(0.5)) / 3, 12);
  });

  it('counts a cluster of one point as tight: 5 / 12', () => {
    const points = matrixFromRows([
      [0, 0],
      [2, 2],
      [3, 3],
      [5, 5],
    ]);
    expect(daviesBouldinIndex(points, [0, 0, 1, 2])).toBeCloseTo(5 / 12, 14);
  });
});

describe('scoreSpread', () => {
  it('has the same bits as the two measures, and stops when it is aborted', async () => {
    const random = new Random(8);
    const points = matrix(
      Float64Array.from({ length: 900 }, () => random.uniform()),
      300,
      3,
    );
    const labels = Array.from({ length: 300 }, () => random.integer(40));
    expect(await scoreSpread(points, labels)).toEqual({
      calinskiHarabasz: calinskiHarabaszIndex(points, labels),
      daviesBouldin: daviesBouldinIndex(points, labels),
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(scoreSpread(points, labels, { signal })).rejects.toThrow('enough');
  });
});
