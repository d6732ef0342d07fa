import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { drawByWeight, drawDistinctRows } from './draw-rows.ts';

describe('drawDistinctRows', () => {
  it('draws every row once when all are asked for', () => {
    expect(Array.from(drawDistinctRows(6, 6, new Random(1))).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('leaves out the rows to except', () => {
    const except = new Set([0, 4]);
    const weights = Float32Array.of(1, 1, 1, 0, 1);
    expect(Array.from(drawDistinctRows(5, 3, new Random(1), undefined, except)).sort()).toEqual([1, 2, 3]);
    expect(Array.from(drawDistinctRows(5, 2, new Random(1), weights, except)).sort()).toEqual([1, 2]);
  });

  it('leaves out rows without weight', () => {
    const weights = Float32Array.of(0, 1, 0, 2, 3);
    for (let seed = 0; seed < 5; seed++) {
      expect(Array.from(drawDistinctRows(5, 3, new Random(seed), weights)).sort()).toEqual([1, 3, 4]);
    }
  });

  it('draws the same with equal weights as without weights', () => {
    for (let seed = 0; seed < 5; seed++) {
      const none = drawDistinctRows(50, 7, new Random(seed));
      for (const weight of [1, 0.3]) {
        expect(drawDistinctRows(50, 7, new Random(seed), new Float32Array(50).fill(weight))).toEqual(none);
      }
    }
  });

  it('draws by weight, without putting back', () => {
    // P(row 0 first) = 4/7; P(it is one of two) = 4/7 + 2/7 4/5 + 1/7 4/6 = 94/105.
    const weights = Float32Array.of(4, 2, 1);
    const random = new Random(3);
    let first = 0;
    let drawn = 0;
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const rows = drawDistinctRows(3, 2, random, weights);
      if (rows[0] === 0) first++;
      if (rows.includes(0)) drawn++;
    }
    // Standard deviations of these shares are 0.0035 and 0.0022.
    expect(Math.abs(first / draws - 4 / 7)).toBeLessThan(0.014);
    expect(Math.abs(drawn / draws - 94 / 105)).toBeLessThan(0.009);
  });
});

describe('drawByWeight', () => {
  it('draws the same with equal weights as without weights', () => {
    for (let seed = 0; seed < 20; seed++) {
      const none = drawByWeight(33, undefined, new Random(seed));
      for (const weight of [1, 0.3]) {
        expect(drawByWeight(33, new Float32Array(33).fill(weight), new Random(seed))).toBe(none);
      }
    }
  });

  it.each([
    ['mild', Float32Array.of(1, 0, 2, 5)],
    [
      'steep, for which rejection is given up',
      Float32Array.from({ length: 1000 }, (_, i) => (i < 4 ? [1, 0, 2, 5][i] : 1e-9)),
    ],
  ])('draws in proportion to %s weights', (_, weights) => {
    const random = new Random(1);
    const counts = new Float64Array(4);
    const draws = 8000;
    for (let i = 0; i < draws; i++) counts[drawByWeight(weights.length, weights, random)]++;
    expect(counts[1]).toBe(0);
    // Four standard deviations of a share are at most 0.023.
    [1 / 8, 0, 2 / 8, 5 / 8].forEach((share, row) => {
      expect(Math.abs(counts[row] / draws - share)).toBeLessThan(0.023);
    });
  });
});
