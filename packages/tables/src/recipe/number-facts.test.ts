import { DataError, Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { numberFacts, quantile } from './number-facts.ts';

/** By sorting and interpolation, as NumPy does. */
function quantileBySorting(values: Float64Array, q: number): number {
  const sorted = values.slice().sort();
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] * (1 - place + below) + sorted[above] * (place - below);
}

describe('quantile', () => {
  it.each([1, 2, 3, 10, 601, 5000])('agrees with sorting %i values', (length) => {
    const random = new Random(length);
    const few = Float64Array.from({ length }, () => Math.floor(random.uniform() * 5));
    const many = Float64Array.from({ length }, () => random.uniform() - 0.5);
    for (const values of [few, many, many.slice().sort(), many.slice().sort().reverse()]) {
      for (const q of [0, 0.25, 0.5, 0.75, 1]) {
        expect(quantile(values.slice(), q)).toBe(quantileBySorting(values, q));
      }
    }
  });
});

describe('numberFacts', () => {
  it('measures the values that are there', () => {
    const facts = numberFacts(Float64Array.of(1.5, NaN, 2.5, 6.5), 'x');
    expect(facts).toMatchObject({ present: 3, min: 1.5, max: 6.5, mean: 3.5, median: 2.5 });
    expect(facts.deviation).toBeCloseTo(Math.sqrt((4 + 1 + 9) / 3), 14);
    expect([facts.constant, facts.bytes]).toEqual([false, false]);
  });

  it('measures bytes as other numbers', () => {
    const values = Uint8Array.of(0, 7, 7, 255, 3, 12);
    const bytes = numberFacts(values, 'x');
    const others = numberFacts(
      Float64Array.from(values, (value) => value + 0.5),
      'x',
    );
    expect(bytes).toMatchObject({ present: 6, min: 0, max: 255, median: 7, bytes: true, constant: false });
    expect(bytes.mean).toBeCloseTo(others.mean - 0.5, 12);
    expect(bytes.deviation).toBeCloseTo(others.deviation, 12);
    expect(numberFacts(Uint8Array.of(4, 4), 'x')).toMatchObject({ constant: true, deviation: 0, median: 4 });
  });

  it('is not fooled by values far from 0', () => {
    const near = numberFacts(Float64Array.of(4e6, 4e6 + 0.3, 4e6, 4e6 + 0.3), 'x');
    expect(near.constant).toBe(false);
    expect(near.deviation).toBeCloseTo(0.15, 9);
    // 0.1 + 0.2 is not 0.3, but by rounding only.
    expect(numberFacts(Float64Array.of(0.1 + 0.2, 0.3, 0.3), 'x').constant).toBe(true);
  });

  it('keeps large values, and refuses a range beyond float64', () => {
    const { deviation, mean } = numberFacts(Float64Array.of(1e300, 3e300), 'x');
    expect([mean / 2e300, deviation / 1e300]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
    expect(() => numberFacts(Float64Array.of(-1.7e308, 1.7e308), 'the column "x"')).toThrow(DataError);
    expect(() => numberFacts(Float64Array.of(-1.7e308, 1.7e308), 'the column "x"')).toThrow(
      /the column "x" reach from .* too far for float64/,
    );
  });

  it('has nothing to say of no values', () => {
    expect(numberFacts(Float64Array.of(NaN, NaN), 'x')).toMatchObject({ present: 0, constant: true });
  });
});
