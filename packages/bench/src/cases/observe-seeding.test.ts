import { createReferenceEngine, KMeans, matrixFromRows } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { noise } from '../data/point-sets.ts';
import { observeSeeding } from './observe-seeding.ts';

describe('observeSeeding', () => {
  it('gives the seeds that a fit would start from', async () => {
    const points = await noise(60, 3, 4, new AbortController().signal);
    const engine = createReferenceEngine();
    const { seconds, centroids } = await observeSeeding(engine, (observed) =>
      new KMeans({ clusters: 5, seed: 9, engine: observed }).fit(points),
    );
    expect(seconds).toBeGreaterThan(0);
    const rows = Array.from({ length: 60 }, (_, i) => [...points.data.subarray(3 * i, 3 * i + 3)].join());
    const seeds = Array.from({ length: 5 }, (_, k) => [...centroids.subarray(3 * k, 3 * k + 3)].join());
    expect(new Set(seeds).size).toBe(5);
    for (const seed of seeds) expect(rows).toContain(seed);
    // A whole fit from these seeds has the same end as one that seeds by itself.
    const given = matrixFromRows(seeds.map((seed) => seed.split(',').map(Number)));
    const [own, fromSeeds] = await Promise.all([
      new KMeans({ clusters: 5, seed: 9, engine }).fit(points),
      new KMeans({ clusters: 5, init: given, engine }).fit(points),
    ]);
    expect(fromSeeds.inertia).toBe(own.inertia);
  });

  it('passes on the error of a fit', async () => {
    const fit = observeSeeding(createReferenceEngine(), () => Promise.reject(new RangeError('broken')));
    await expect(fit).rejects.toThrow('broken');
  });
});
