import { expect } from 'vitest';

/** Expects the same number of values, each with a difference below the tolerance. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(expected).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - actual[i])),
    0,
  );
  expect(worst).toBeLessThan(tolerance);
}
