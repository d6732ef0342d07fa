import { matrixFromRows } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { inertiaOf, logLikelihoodOf } from './judge.ts';

const { signal } = new AbortController();
const points = matrixFromRows([
  [0, 0],
  [2, 0],
  [10, 0],
]);

describe('the judge', () => {
  it('sums squared distances to the nearest centroid', async () => {
    expect(await inertiaOf(points, Float32Array.of(1, 0, 10, 1), signal)).toBe(3);
  });

  it('averages log-densities', async () => {
    const parameters = {
      weights: Float64Array.of(1),
      means: Float64Array.of(0, 0),
      covariances: Float64Array.of(1),
    };
    // Squared distances 0, 4 and 100 to the mean of a standard normal in two dimensions.
    const expected = -Math.log(2 * Math.PI) - 104 / 3 / 2;
    expect(await logLikelihoodOf(points, 'spherical', parameters, signal)).toBeCloseTo(expected, 12);
  });
});
