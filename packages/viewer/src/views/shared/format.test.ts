import { expect, it } from 'vitest';
import { percent, quantity } from './format.ts';

it.each([
  [0, '0'],
  [1234567, '1,234,567'],
  [9331.78, '9,332'],
  [0.831234, '0.8312'],
  [-12.34567, '-12.35'],
  [1.5e12, '1.500e+12'],
  [2e-7, '2.000e-7'],
  [NaN, 'NaN'],
])('writes %d as %s', (value, text) => {
  expect(quantity(value)).toBe(text);
});

it.each([
  [0, '0%'],
  [1, '100%'],
  [0.1234, '12.3%'],
  [0.0004, '<0.1%'],
  [0.9999, '>99.9%'],
])('writes a share of %d as %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
