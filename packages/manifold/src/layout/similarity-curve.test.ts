import { InvalidArgumentError } from '@shoal/core';
import { expect, it } from 'vitest';
import { similarityCurve } from './similarity-curve.ts';

it('is the same curve in other units', () => {
  const { a, b } = similarityCurve(0.1, 1);
  for (const unit of [1e-3, 7, 1e3]) {
    const scaled = similarityCurve(0.1 * unit, unit);
    expect(scaled.b / b).toBeCloseTo(1, 4);
    expect((scaled.a * unit ** (2 * b)) / a, `in units of ${unit}`).toBeCloseTo(1, 2);
  }
});

it.each([
  [-0.1, 1],
  [NaN, 1],
  [1.5, 1],
  [0.1, 0],
  [0.1, -1],
  [0.1, NaN],
  [0.1, Infinity],
])('refuses a minDist of %d with a spread of %d', (minDist, spread) => {
  expect(() => similarityCurve(minDist, spread)).toThrow(InvalidArgumentError);
});
