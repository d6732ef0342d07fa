import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { matrix } from '../matrix.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { sweep } from '../select/sweep.ts';
import { blobs } from '../testing/datasets.ts';
import { AgglomerativeClustering } from './agglomerative-clustering.ts';
import { agglomerativeKind } from './kind.ts';
import { LINKAGES, type AgglomerativeOptions } from './options.ts';
import { WardClusters } from './ward-clusters.ts';
import { findNearestClusters } from './ward-search.ts';

const engine = createReferenceEngine();
const { points, classes } = blobs(180, 3, 4, 9, 0.5);
const fit = (options: Partial<AgglomerativeOptions> = {}) =>
  new AgglomerativeClustering({ clusters: 4, ...options, engine }).fit(points);

describe('AgglomerativeClustering', () => {
  it.each(LINKAGES)('finds planted clusters by %s linkage, and any number from one tree', async (linkage) => {
    const model = await fit({ linkage });
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    for (const clusters of [1, 2, 7, 180]) {
      const cut = model.cutInto(clusters);
      expect(cut.clusters).toBe(clusters);
      expect(new Set(cut.labels).size).toBe(clusters);
    }
    expect([...model.cutInto(4).labels]).toEqual([...model.labels]);
  });

  it('by hand: two pairs and a point, by Ward', async () => {
    const model = await new AgglomerativeClustering({ clusters: 2, engine }).fit([
      [0],
      [2],
      [10],
      [11],
      [30],
    ]);
    expect([...model.labels]).toEqual([0, 0, 0, 0, 1]);
    // Pairs merge at 1 and 2; then sizes 2 and 2, centers 1 and 10.5; then 4 and 1, centers 5.75 and 30.
    const heights = [1, 2, Math.sqrt(2) * 9.5, Math.sqrt(8 / 5) * 24.25];
    heights.forEach((height, i) => {
      expect(model.dendrogram.heights[i]).toBeCloseTo(height, 12);
    });
    expect(model.objective.value).toBe(model.dendrogram.heights[2]);
    expect([...model.centers!.positions]).toEqual([5.75, 30]);
  });

  it('begins from micro-clusters when asked to, and says so', async () => {
    const model = await fit({ microClusters: 40 });
    expect(model.dendrogram.leaves).toBe(40);
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    expect(model.warnings).toEqual([
      expect.stringMatching(/^The tree begins from 40 k-means clusters of the 180 points/),
    ]);
    expect((await fit({ linkage: 'average', microClusters: 40 })).centers).toBeUndefined();
  });

  it('merges centroids that an engine searches as it merges them here', async () => {
    const { points: many } = blobs(450, 40, 5, 2, 3);
    const values = Float64Array.from(many.data);
    const bySearch = new WardClusters(values.slice(), new Float64Array(450).fill(1));
    const byAll = new WardClusters(values.slice(), new Float64Array(450).fill(1));
    for (let round = 0; round < 2; round++) {
      await findNearestClusters(bySearch, { engine, signal: undefined });
      for (const a of byAll.pending()) for (const b of byAll.active) byAll.offer(a, b);
      for (const cluster of byAll.active) expect(bySearch.costOf(cluster)).toBe(byAll.costOf(cluster));
      bySearch.mergePairs();
      byAll.mergePairs();
    }
    expect(bySearch.edges).toEqual(byAll.edges);
  });

  it('is swept once, without seeds', async () => {
    const options = { clusters: [2, 3, 4, 5], with: { method: 'agglomerative' as const }, engine };
    const { rows, picks, seeds } = await sweep(points, options);
    expect(seeds).toEqual([0]);
    expect(picks).toEqual({ silhouette: 4 });
    expect(rows.map(({ found }) => found)).toEqual([2, 3, 4, 5]);
    await expect(sweep(points, { ...options, criteria: ['stability'] })).rejects.toThrow(
      'Stability compares fits from several seeds, but those of agglomerative clustering are all the same',
    );
  });

  it.each<[AgglomerativeOptions, string]>([
    [{ clusters: 0 }, 'The number of clusters must be a whole number of at least 1; got 0.'],
    [{ clusters: 2, metric: 'cosine' }, "Ward's linkage needs the Euclidean metric; got cosine."],
    [
      { clusters: 9, microClusters: 5 },
      'microClusters must be 0 or at least the number of clusters, 9; got 5.',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => new AgglomerativeClustering(options)).toThrow(message);
  });

  it('refuses weights, and more clusters than points', async () => {
    const clusterer = agglomerativeKind.create({ clusters: 2 }, { engine });
    await expect(clusterer.fit({ points, weights: Array(180).fill(1) })).rejects.toThrow(
      'does not use weights',
    );
    const two = matrix(Float32Array.of(1, 2), 2, 1);
    await expect(new AgglomerativeClustering({ clusters: 3, engine }).fit(two)).rejects.toThrow(
      '3 clusters need',
    );
  });
});
