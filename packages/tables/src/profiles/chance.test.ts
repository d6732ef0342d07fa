import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import fixture from '../../test/fixtures/profiles.json' with { type: 'json' };
import { countTails, rankTails } from './chance.ts';

describe('countTails', () => {
  it('is twice the smaller tail of the hypergeometric distribution', () => {
    for (const { found, size, kind, rows, chance } of fixture.counts) {
      expect(countTails(found, size, kind, rows) / chance).toBeCloseTo(1, 7);
    }
  });

  it('is 1 for what is expected, and never more', () => {
    expect(countTails(5, 10, 50, 100)).toBe(1);
    expect(countTails(1, 1, 1, 1)).toBe(1);
  });
});

describe('rankTails', () => {
  it('bounds both tails of a normal mean closely', () => {
    // A group of 400 of 1000 rows; 2 * scipy.stats.norm.sf(z).
    const deviation = Math.sqrt((600 * 1001) / (12 * 400)) / 1000;
    const tails = [
      [1.96, 0.04999579],
      [3, 0.002699796],
      [5, 5.733031e-7],
      [8, 1.244192e-15],
    ];
    for (const [z, tail] of tails) {
      expect(rankTails(0.5 + z * deviation, 400, 1000)).toBeGreaterThan(tail);
      expect(rankTails(0.5 - z * deviation, 400, 1000)).toBeLessThan(tail * (1 + 1 / z ** 2));
    }
    expect(rankTails(0.5, 400, 1000)).toBe(1);
  });

  it('is never below what small groups have', () => {
    // The likelihood that all rows of a group are among the first: the mean of their ranks is then 1 - size / rows / 2.
    for (const size of [1, 2, 3, 5, 8]) {
      const rows = 2000;
      let exact = 2;
      for (let i = 0; i < size; i++) exact *= (size - i) / (rows - i);
      const bound = rankTails(1 - size / rows / 2, size, rows);
      expect(bound).toBeGreaterThan(Math.min(1, exact));
      expect(Math.log(bound)).toBeLessThan(Math.log(exact) * 0.8);
    }
  });

  it('is never below what random groups have', () => {
    const random = new Random(2);
    const means = Array.from({ length: 20_000 }, () => {
      const group = random.distinct(4, 40);
      return group.reduce((sum, rank) => sum + rank + 0.5, 0) / 4 / 40;
    });
    for (const mean of [0.6, 0.7, 0.8, 0.85]) {
      const found = means.filter((other) => Math.abs(other - 0.5) >= mean - 0.5 - 1e-9).length / means.length;
      expect(rankTails(mean, 4, 40)).toBeGreaterThan(found);
    }
  });
});
