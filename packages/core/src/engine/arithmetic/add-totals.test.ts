import { expect, test } from 'vitest';
import { addTotals } from './add-totals.ts';

test('adds 64-bit integers modulo 2^64', () => {
  const values = [0n, 1n, -1n, 2n ** 32n - 1n, -(2n ** 32n), 2n ** 63n - 1n, -(2n ** 63n), 123456789012345n];
  for (const value of values) {
    const sums = BigInt64Array.from(values);
    addTotals(sums, new BigInt64Array(values.length).fill(value));
    expect(sums).toEqual(BigInt64Array.from(values, (before) => BigInt.asIntN(64, before + value)));
  }
});
