import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { summarize } from './statistics.ts';

describe('summarize', () => {
  it.each([
    [[3], { median: 3, min: 3, max: 3 }],
    [[9, 1, 5], { median: 5, min: 1, max: 9 }],
    [[4, 1, 2, 100], { median: 3, min: 1, max: 100 }],
    // By number, not by text: as text 10 sorts before 9.
    [[10, 9, 8], { median: 9, min: 8, max: 10 }],
  ])('%j', (samples, expected) => {
    const before = [...samples];
    expect(summarize(samples)).toEqual(expected);
    expect(samples).toEqual(before);
  });

  it.each([[[]], [[1, NaN]], [[Infinity]]])('rejects %j', (samples) => {
    expect(() => summarize(samples)).toThrow(InvalidArgumentError);
  });
});
