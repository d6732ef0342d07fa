import { describe, expect, it } from 'vitest';
import fixture from '../../test/fixtures/profiles.json' with { type: 'json' };
import { countTails, normalTails } from './chance.ts';

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

describe('normalTails', () => {
  it('bounds both tails, closely far out', () => {
    // 2 * scipy.stats.norm.sf(z)
    const tails = [
      [1.96, 0.04999579],
      [3, 0.002699796],
      [5, 5.733031e-7],
      [8, 1.244192e-15],
    ];
    for (const [z, tail] of tails) {
      expect(normalTails(z)).toBeGreaterThan(tail);
      expect(normalTails(-z)).toBeLessThan(tail * (1 + 1 / z ** 2));
    }
    expect(normalTails(0)).toBe(1);
  });
});
