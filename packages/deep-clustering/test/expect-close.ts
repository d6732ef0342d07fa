import { expect } from 'vitest';

/** As many values as expected, each less than the tolerance away. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(expected).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - actual[i])),
    0,
  );
  expect(worst).toBeLessThan(tolerance);
}
