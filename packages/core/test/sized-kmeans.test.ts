import { describe, expect, it } from 'vitest';
import {
  InvalidArgumentError,
  KMeans,
  matrix,
  matrixFromRows,
  SizedKMeans,
  SizedKMeansModel,
  type SizedKMeansOptions,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import fixture from './fixtures/sized-kmeans.json' with { type: 'json' };

const { points } = blobs(400, 3, 5, 2, 2);

function sizesOf(labels: Uint32Array, clusters: number): number[] {
  return Array.from({ length: clusters }, (_, k) => labels.filter((label) => label === k).length);
}

describe.each(fixture.cases)(
  'k-means with sizes: $name',
  ({ points: rows, clusters, minSize, maxSize, ...theirs }) => {
    const given = matrixFromRows(rows);
    const init = matrixFromRows(rows.slice(0, clusters));
    const options = { clusters, minSize, maxSize, init };

    it('is never worse than k-means-constrained for the same centroids', async () => {
      const once = { ...options, init: theirs.centroids, maxIterations: 1 };
      const { inertiaHistory } = await new SizedKMeans(once).fit(given);
      expect(inertiaHistory[0]).toBeLessThanOrEqual(theirs.assignedInertia * (1 + 1e-7));
    });

    // The package rounds costs to whole numbers, and may by chance end in a slightly better local optimum.
    it('ends like it from the same start, or better', async () => {
      const { labels, inertia, gap } = await new SizedKMeans({ ...options, tolerance: 0 }).fit(given);
      const sizes = sizesOf(labels, clusters);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(minSize);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(maxSize);
      expect(inertia).toBeLessThanOrEqual(theirs.inertia * 1.0005);
      expect(gap).toBe(0);
    });

    it('is nearly as good by the approximation, which says by how much', async () => {
      const model = await new SizedKMeans({ ...options, assignment: 'approximate' }).fit(given);
      const sizes = sizesOf(model.labels, clusters);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(minSize);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(maxSize);
      expect(model.inertia).toBeLessThanOrEqual(theirs.inertia * 1.02);
      expect(model.gap).toBeLessThan(0.02);
    });
  },
);

describe('k-means with sizes', () => {
  it('makes sizes equal when none are given', async () => {
    const { labels, minSize, maxSize } = await new SizedKMeans({ clusters: 7 }).fit(points);
    expect([minSize, maxSize]).toEqual([57, 58]);
    expect(sizesOf(labels, 7).sort()).toEqual([57, 57, 57, 57, 57, 57, 58].sort());
  });

  it('is k-means where the limits do not bind', async () => {
    const options = { clusters: 5, seed: 1 };
    const plain = await new KMeans(options).fit(points);
    const sized = await new SizedKMeans({ ...options, minSize: 1, maxSize: 400 }).fit(points);
    expect(sized.labels).toEqual(plain.labels);
    expect(sized.inertia).toBeCloseTo(plain.inertia, 4);
    expect(await sized.predict(points)).toEqual(sized.labels);
  });

  it('never gets worse, and has the centroids of its labels', async () => {
    const { inertiaHistory, labels, centroids, converged } = await new SizedKMeans({
      clusters: 6,
      tolerance: 0,
    }).fit(points);
    expect(converged).toBe(true);
    for (let i = 1; i < inertiaHistory.length; i++) {
      expect(inertiaHistory[i]).toBeLessThanOrEqual(inertiaHistory[i - 1] * (1 + 1e-7));
    }
    const first = Array.from(labels.keys()).filter((i) => labels[i] === 0);
    const mean = first.reduce((sum, i) => sum + points.data[i * 3], 0) / first.length;
    expect(centroids.data[0]).toBeCloseTo(mean, 6);
  });

  it('counts points, not weights, and no points of weight 0', async () => {
    const weights = Float32Array.from({ length: 400 }, (_, i) => (i < 100 ? 0 : 1 + (i % 5)));
    const options = { clusters: 4, minSize: 75, maxSize: 75 };
    const { labels, inertia } = await new SizedKMeans(options).fit(points, { weights });
    expect(sizesOf(labels.subarray(100), 4)).toEqual([75, 75, 75, 75]);
    expect(Math.max(...labels)).toBeLessThan(4);
    const rest = matrix(points.data.subarray(300), 300, 3);
    const alone = await new SizedKMeans(options).fit(rest, { weights: weights.subarray(100) });
    expect(inertia).toBeLessThan(alone.inertia * 1.2);
  });

  it('shows each iteration', async () => {
    const seen: number[] = [];
    const model = await new SizedKMeans({ clusters: 5 }).fit(points, {
      async onIteration({ inertia, readLabels, readCentroids }) {
        seen.push(inertia);
        expect(sizesOf(await readLabels(), 5)).toEqual([80, 80, 80, 80, 80]);
        expect(await readCentroids()).toHaveLength(15);
      },
    });
    expect(model.inertiaHistory.slice(0, seen.length)).toEqual(seen);
  });

  it('keeps its sizes when it is saved', async () => {
    const model = await new SizedKMeans({ clusters: 5, minSize: 20, maxSize: 100 }).fit(points);
    const copy = SizedKMeansModel.fromState(structuredClone(model.toState()));
    expect(copy.toState()).toEqual(model.toState());
    expect([copy.minSize, copy.maxSize, copy.gap]).toEqual([20, 100, 0]);
  });

  it.each([{ minSize: 101 }, { maxSize: 99 }, { minSize: 50, maxSize: 80 }])(
    'refuses impossible sizes, and says which are possible: %o',
    async (sizes) => {
      const fit = new SizedKMeans({ clusters: 4, ...sizes }).fit(points);
      await expect(fit).rejects.toThrow(InvalidArgumentError);
      await expect(fit).rejects.toThrow(
        /400 points cannot be divided into 4 clusters .* at most 100 and .* at least 100/,
      );
    },
  );

  it.each<[string, Partial<SizedKMeansOptions>]>([
    ['minSize', { minSize: 0 }],
    ['maxSize', { maxSize: 2.5 }],
    ['minSize', { minSize: 9, maxSize: 8 }],
    ['maxIterations', { maxIterations: 0 }],
  ])('refuses a %s out of range', (name, options) => {
    expect(() => new SizedKMeans({ clusters: 4, ...options })).toThrow(new RegExp(name));
  });
});
