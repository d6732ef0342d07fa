import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { blobs } from '../testing/datasets.ts';
import { Hdbscan } from './hdbscan.ts';
import { sweepClusterSizes } from './sweep-cluster-sizes.ts';

const engine = createReferenceEngine();
const { points } = blobs(240, 2, 3, 5, 0.6);

describe('sweepClusterSizes', () => {
  it('gives the clusters of a fit with each size, and picks a size whose clusters do not change', async () => {
    const { rows, pick } = await sweepClusterSizes(points, { sizes: [40, 3, 20, 30], minSamples: 3, engine });
    expect(rows.map(({ minClusterSize }) => minClusterSize)).toEqual([3, 20, 30, 40]);
    for (const { minClusterSize, clusters, noise, persistence } of rows) {
      const model = await new Hdbscan({ minClusterSize, minSamples: 3, engine }).fit(points);
      expect([clusters, persistence]).toEqual([model.clusters, model.persistence]);
      expect(noise).toBe(model.labels.filter((label) => label >= model.clusters).length / points.rows);
    }
    const picked = rows.find(({ minClusterSize }) => minClusterSize === pick)!;
    expect(picked.clusters).toBe(3);
    expect(picked.stability).toBe(Math.max(...rows.map(({ stability }) => stability)));
  });

  it('picks none where no size gives two clusters', async () => {
    const { rows, pick } = await sweepClusterSizes(points, { sizes: [200, 220], minSamples: 3, engine });
    expect(rows.map(({ clusters }) => clusters)).toEqual([0, 0]);
    expect(pick).toBeUndefined();
  });

  it('refuses one size, and repeats', async () => {
    await expect(sweepClusterSizes(points, { sizes: [5], engine })).rejects.toThrow('got [5].');
    await expect(sweepClusterSizes(points, { sizes: [5, 5], engine })).rejects.toThrow('got [5, 5].');
  });
});
