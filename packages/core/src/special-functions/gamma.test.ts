import { describe, expect, it } from 'vitest';
import { digamma } from './digamma.ts';
import { logGamma } from './log-gamma.ts';

const EULER = 0.577_215_664_901_532_9;

describe('the gamma function and its derivative', () => {
  it('have their known values', () => {
    expect(logGamma(1)).toBeCloseTo(0, 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(21)).toBeCloseTo(Math.log(2_432_902_008_176_640_000), 12);
    expect(logGamma(1e-3)).toBeCloseTo(6.907_178_885_383_853, 12);
    expect(digamma(1)).toBeCloseTo(-EULER, 13);
    expect(digamma(0.5)).toBeCloseTo(-EULER - 2 * Math.LN2, 13);
    expect(digamma(4)).toBeCloseTo(-EULER + 1 + 1 / 2 + 1 / 3, 13);
  });

  it.each([0.01, 0.7, 3.2, 9.99, 55.5, 1234])('keep their recurrences at %d', (x) => {
    expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 9);
    expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 9);
    expect((logGamma(x * 1.0001) - logGamma(x * 0.9999)) / (x * 0.0002)).toBeCloseTo(digamma(x), 3);
  });
});
