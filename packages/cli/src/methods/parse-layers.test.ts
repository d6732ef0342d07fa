import { describe, expect, it } from 'vitest';
import { UsageError } from '../exit-codes.ts';
import { parseLayers } from './parse-layers.ts';

describe('parseLayers', () => {
  it('reads widths of dense layers', () => {
    expect(parseLayers('500, 500,10')).toEqual([500, 500, 10]);
    expect(parseLayers('2')).toEqual([2]);
  });

  it('reads convolutions, which move one pixel at a time by default', () => {
    expect(parseLayers('32x5/2,64x3,10')).toEqual([
      { filters: 32, kernel: 5, stride: 2 },
      { filters: 64, kernel: 3, stride: 1 },
      10,
    ]);
  });

  it.each(['', '10,', 'x5/2', '32x', '32x5/', '1.5', '-3', '32 x5', 'ten'])('refuses %j', (text) => {
    expect(() => parseLayers(text)).toThrow(UsageError);
  });
});
