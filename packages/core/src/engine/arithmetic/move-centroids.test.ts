import { describe, expect, it } from 'vitest';
import { moveCentroids } from './move-centroids.ts';

describe('moveCentroids', () => {
  it('divides by the weights and leaves the centroid of an empty cluster where it was', () => {
    const centroids = Float64Array.of(9, 9, 7, 8);
    const shift = moveCentroids(centroids, Float64Array.of(6, 3, 1e-9, 0), Float64Array.of(3, 0), false);
    expect(centroids).toEqual(Float64Array.of(2, 1, 7, 8));
    expect(shift).toBe(7 ** 2 + 8 ** 2);
  });

  it('makes unit centroids, except where a cluster is empty or its directions cancel out', () => {
    const centroids = Float64Array.of(1, 0, 0, 1, 1, 0);
    const sums = Float64Array.of(6, 8, 0, 0, 0, 3);
    moveCentroids(centroids, sums, Float64Array.of(11, 2, 0), true);
    expect(centroids).toEqual(Float64Array.of(0.6, 0.8, 0, 1, 1, 0));
  });
});
