import { matrix, type CovarianceType } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { planMixture } from './mixture/plan.ts';
import { planKMeans } from './kmeans/plan.ts';

const work = { threads: 8, threadingThreshold: 0 };

/** N, D, K, and whether the points are bytes. */
const shapes: readonly (readonly [number, number, number, boolean])[] = [
  [60_000, 784, 10, false],
  [60_000, 784, 10, true],
  [200_000, 128, 256, false],
  [500_000, 32, 64, false],
  [1_000_000, 32, 10, false],
];

describe('memory of a session', () => {
  it.each(shapes)(
    'k-means of %i x %i, K = %i, bytes: %s takes at most 1.3 times the points',
    (n, d, k, isBytes) => {
      const points = matrix(isBytes ? new Uint8Array(n * d) : new Float32Array(n * d), n, d);
      const { layout, globals } = planKMeans(points, { clusters: k }, { ...work, pruning: 'yinyang' });
      expect(layout.bytes / points.data.byteLength).toBeLessThanOrEqual(1.3);
      expect(globals.boundBytes).toBeGreaterThan(0);
    },
  );

  it.each(shapes)(
    'a mixture of %i x %i, K = %i, bytes: %s takes at most 1.3 times the points',
    (n, d, k, isBytes) => {
      const points = matrix(isBytes ? new Uint8Array(n * d) : new Float32Array(n * d), n, d);
      // Where covariances take more memory than the points, no engine could stay below that.
      const hasRoom = k * d * d < (n * d) / 100;
      const types: CovarianceType[] = hasRoom ? ['full', 'tied', 'diag', 'spherical'] : ['diag', 'spherical'];
      for (const covarianceType of types) {
        const { layout } = planMixture(points, { components: k, covarianceType, regCovar: 0 }, work);
        expect(layout.bytes / points.data.byteLength, covarianceType).toBeLessThanOrEqual(1.3);
      }
    },
  );

  it('k-means keeps three bounds per point where there is no room for bounds', () => {
    const points = matrix(new Float32Array(2000), 1000, 2);
    const { globals } = planKMeans(points, { clusters: 50 }, { ...work, pruning: 'yinyang' });
    expect(globals).toMatchObject({ groups: 3, groupPanels: 5, boundBytes: 8 });
  });

  it('k-means uses fewer threads where the sums of all would take more memory than the points', () => {
    const points = matrix(new Float32Array(100 * 1000), 100, 1000);
    const { threads } = planKMeans(points, { clusters: 4000 }, { ...work, pruning: 'none' });
    expect(threads).toBe(2);
  });
});
