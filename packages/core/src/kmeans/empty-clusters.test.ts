import { describe, expect, it } from 'vitest';
import { farthestRows, relocateEmptyClusters } from './empty-clusters.ts';

describe('farthestRows', () => {
  it('orders by distance, the lower index first on ties', () => {
    expect(farthestRows(Float32Array.of(1, 3, 2, 3, 0.5), 3)).toEqual(Uint32Array.of(1, 3, 2));
  });

  it('leaves out points on their centroid and points without weight', () => {
    const weights = Float32Array.of(1, 0, 1, 1);
    expect(farthestRows(Float32Array.of(0, 9, 2, 1), 4, weights)).toEqual(Uint32Array.of(2, 3));
  });
});

describe('relocateEmptyClusters', () => {
  it('moves the farthest points to the empty clusters, in order', () => {
    // Ten points on a line, three centroids at -10: the first cluster holds them all.
    const points = [-10, -9.5, -9, -8.5, -8, -1, 1, 9, 9.5, 10];
    const clusters = { sums: Float64Array.of(-16.5, 0, 0), weights: Float64Array.of(10, 0, 0) };
    const distances = Float32Array.from(points, (x) => (x + 10) ** 2);
    const rows = farthestRows(distances, 2);
    relocateEmptyClusters(clusters, {
      points: Array.from(rows, (row) => points[row]),
      weights: [1, 1],
      labels: [0, 0],
    });
    expect(clusters.weights).toEqual(Float64Array.of(8, 1, 1));
    expect(clusters.sums).toEqual(Float64Array.of(-36, 10, 9.5));
  });

  it('leaves clusters empty when there are too few far points', () => {
    const clusters = { sums: Float64Array.of(4, 0, 0), weights: Float64Array.of(2, 0, 0) };
    relocateEmptyClusters(clusters, { points: [3], weights: [1], labels: [0] });
    expect(clusters.weights).toEqual(Float64Array.of(1, 1, 0));
  });

  it('counts a cluster that lost its last weight as empty, despite rounding', () => {
    const total = 0.1 + 0.2 - 0.1;
    const clusters = { sums: Float64Array.of(total, 0), weights: Float64Array.of(total, 0) };
    relocateEmptyClusters(clusters, { points: [1], weights: [0.2], labels: [0] });
    expect(clusters.weights).toEqual(Float64Array.of(0, 0.2));
  });
});
