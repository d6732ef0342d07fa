import { describe, expect, it } from 'vitest';
import { KMeans } from '../kmeans/kmeans.ts';
import { blobs } from '../testing/datasets.ts';
import { GaussianMixture } from './gaussian-mixture.ts';

const { points } = blobs(200, 2, 4, 5, 4);

describe('a mixture fitted one iteration at a time', () => {
  it.each([undefined, 0.02])('converges where a whole fit does (tolerance %s)', async (tolerance) => {
    const options = { clusters: 4, tolerance };
    const whole = await new GaussianMixture(options).fit(points);
    expect(whole.converged).toBe(true);
    expect(whole.iterations).toBeGreaterThan(2);
    let part = await new GaussianMixture({ ...options, maxIterations: 1 }).fit(points);
    let iterations = 1;
    while (!part.converged && iterations < 100) {
      part = await new GaussianMixture({ ...options, maxIterations: 1, init: part }).fit(points);
      iterations++;
    }
    expect(iterations).toBe(whole.iterations);
    expect(part.converged).toBe(true);
    expect(part.warnings).toEqual([]);
    expect(part.means).toEqual(whole.means);
    expect(part.lowerBound).toBe(whole.lowerBound);
  });

  it('does not use the likelihood of other points', async () => {
    const model = await new GaussianMixture({ clusters: 4 }).fit(points);
    const others = blobs(200, 2, 4, 6, 4).points;
    const next = await new GaussianMixture({ clusters: 4, maxIterations: 1, init: model }).fit(others);
    expect(next.converged).toBe(false);
  });
});

describe('k-means fitted one iteration at a time', () => {
  it.each([undefined, 0])('converges too (tolerance %s)', async (tolerance) => {
    const options = { clusters: 9, tolerance };
    const whole = await new KMeans(options).fit(points);
    expect(whole.iterations).toBeGreaterThan(3);
    let part = await new KMeans({ ...options, maxIterations: 1 }).fit(points);
    for (let done = 1; done < 100 && !part.converged; done++) {
      part = await new KMeans({ ...options, maxIterations: 1, init: part.centroids }).fit(points);
    }
    expect(part.converged).toBe(true);
    expect(part.centroids.data).toEqual(whole.centroids.data);
    expect(part.labels).toEqual(whole.labels);
  });
});
