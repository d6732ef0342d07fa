import { matrix } from '@shoal/core';
import { expect, it } from 'vitest';
import { EqualRows } from './equal-rows.ts';

it('finds the first of equal rows', () => {
  const rows = new EqualRows(matrix(Float32Array.of(1, 2, 3, 4, 1, 2, 0, 2, 3, 4, 1, 2), 6, 2));
  expect([...rows.firstOf]).toEqual([0, 1, 0, 3, 1, 0]);
  expect(rows.find(matrix(Float64Array.of(9, 9, 3, 4), 2, 2), 1)).toBe(1);
  expect(rows.find(matrix(Float64Array.of(9, 9), 1, 2), 0)).toBeUndefined();
});

it('compares values, not their storage types', () => {
  const rows = new EqualRows(matrix(Uint8Array.of(0, 128, 255, 64), 2, 2, 1 / 256));
  expect(rows.find(matrix(Float32Array.of(-0, 0.5), 1, 2), 0)).toBe(0);
  expect(rows.find(matrix(Float64Array.of(255 / 256, 0.25), 1, 2), 0)).toBe(1);
});
