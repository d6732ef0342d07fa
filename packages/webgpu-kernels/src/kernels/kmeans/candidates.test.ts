import { describe, expect, it } from 'vitest';
import { halfNormsOf, tilingPays } from './candidates.ts';

describe('halfNormsOf', () => {
  it('computes half the squared lengths, and the largest of them', () => {
    expect([...halfNormsOf(Float32Array.of(3, 4, 0, 2), 2)]).toEqual([12.5, 2, 12.5]);
  });
});

describe('tilingPays', () => {
  it.each([
    [784, 32, false],
    [784, 33, true],
    [16, 1024, true],
    [16, 960, false],
    [1, 2 ** 24, true],
    [1, 2 ** 24 + 1, false],
  ])('%i columns, %i clusters: %s', (columns, clusters, pays) => {
    expect(tilingPays(columns, clusters)).toBe(pays);
  });
});
