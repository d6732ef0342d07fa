import { describe, expect, it } from 'vitest';
import { countBelow, countUpTo, medianOfOthers, quartilesOf } from './quantiles.ts';

const sorted = Float64Array.of(1, 2, 2, 2, 5, 8, 9, 9);

describe('quartilesOf', () => {
  it("interpolates as NumPy's default does", () => {
    // numpy.quantile([1, 2, 2, 2, 5, 8, 9, 9], [0.25, 0.5, 0.75]) is [2, 3.5, 8.25].
    expect(quartilesOf(sorted)).toEqual({ lower: 2, median: 3.5, upper: 8.25 });
  });

  it('is the value itself of one value, and stays finite at the edge of the numbers', () => {
    expect(quartilesOf(Float64Array.of(7))).toEqual({ lower: 7, median: 7, upper: 7 });
    expect(quartilesOf(Float64Array.of(-1.7e308, 1.7e308)).median).toBe(0);
  });
});

describe('countBelow and countUpTo', () => {
  it('count as a loop does, from any known number', () => {
    for (const value of [0, 1, 2, 3, 5, 8.5, 9, 10]) {
      const below = sorted.filter((other) => other < value).length;
      const upTo = sorted.filter((other) => other <= value).length;
      for (let from = 0; from <= below; from++) expect(countBelow(sorted, value, from)).toBe(below);
      for (let from = 0; from <= upTo; from++) expect(countUpTo(sorted, value, from)).toBe(upTo);
    }
  });
});

describe('medianOfOthers', () => {
  it('is the median of what is left without some values', () => {
    // Left: 1, 2, 5, 9, and 1, 2, 5, 8, 9.
    expect(medianOfOthers(sorted, Float64Array.of(2, 2, 8, 9))).toBe(3.5);
    expect(medianOfOthers(sorted, Float64Array.of(2, 2, 9))).toBe(5);
    expect(medianOfOthers(sorted, sorted)).toBeUndefined();
  });
});
