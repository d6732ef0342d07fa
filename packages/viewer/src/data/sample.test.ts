import { describe, expect, it } from 'vitest';
import { buildClustering } from './build-clustering.ts';
import { sampleClustering } from './sample.ts';
import type { ClusteringData } from './types.ts';

const COUNT = 3000;

/** Clusters of 2,000, 900, 85, 12 and 3 points on a line; every point has an image of one pixel. */
async function large(): Promise<ClusteringData> {
  const labels = [2000, 900, 85, 12, 3].flatMap((size, k) => new Array<number>(size).fill(k));
  return buildClustering({
    labels,
    points: labels.map((_, i) => [i, 1]),
    images: { width: 1, height: 1, pixels: Uint8Array.from(labels, (_, i) => i % 251) },
    classes: { labels, names: ['a', 'b', 'c', 'd', 'e'] },
  });
}

describe('sampleClustering', () => {
  it('keeps small clusters, the nearest and the farthest points, and says how many points it shows', async () => {
    const full = await large();
    const sample = sampleClustering(full, { most: 500, mostImages: 100, seed: 4 });
    expect(sample.count).toBeLessThanOrEqual(500);
    expect(sample.count).toBeGreaterThan(490);
    expect(sample.total).toBe(COUNT);
    const rows = sample.rows!;
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
    const sizes = [0, 1, 2, 3, 4].map((k) => sample.labels.filter((label) => label === k).length);
    expect(sizes[4]).toBe(3);
    expect(sizes[3]).toBe(12);
    expect(sizes[2]).toBeGreaterThanOrEqual(20);
    expect(sizes[0] / sizes[1]).toBeGreaterThan(1.8);
    for (const [point, row] of rows.entries()) {
      expect(sample.positions[2 * point]).toBe(row);
      expect(sample.labels[point]).toBe(full.labels[row]);
      expect(sample.classes!.labels[point]).toBe(full.classes!.labels[row]);
      expect(sample.points!.data[2 * point]).toBe(row);
    }
    expect(sample.classes!.counts).toEqual(full.classes!.counts);
    full.summaries.forEach(({ nearest, farthest, size }, k) => {
      const shown = sample.summaries[k];
      expect(shown.size).toBe(size);
      expect(shown.nearest.map((point) => rows[point])).toEqual(nearest);
      expect(shown.farthest.map((point) => rows[point])).toEqual(farthest);
    });
    const images = sample.images!;
    expect(images.points).toHaveLength(100);
    images.points.forEach((point, i) => {
      expect(images.pixels[i]).toBe(rows[point] % 251);
    });
    const pictured = new Set(images.points);
    for (const { nearest, farthest } of sample.summaries) {
      for (const point of [...nearest, ...farthest]) expect(pictured).toContain(point);
    }
    expect(sample.notes).toEqual([expect.stringMatching(/^49\d of 3,000 points are shown|^500 of 3,000/)]);
  });

  it('draws the same for a seed, and differently for another', async () => {
    const full = await large();
    const rows = (seed: number): string => sampleClustering(full, { most: 300, seed }).rows!.join();
    expect(rows(1)).toBe(rows(1));
    expect(rows(1)).not.toBe(rows(2));
  });

  it('returns the same data when all points fit', async () => {
    const full = await large();
    expect(sampleClustering(full, { most: COUNT })).toEqual(full);
  });

  it('keeps the limit on points even with many clusters', async () => {
    const full = await buildClustering({
      labels: Array.from({ length: 900 }, (_, i) => i % 300),
      positions: Array.from({ length: 1800 }, (_, i) => i),
    });
    const sample = sampleClustering(full, { most: 50 });
    expect(sample.count).toBeLessThanOrEqual(50);
    expect(sample.count).toBeGreaterThan(0);
    for (const { nearest } of sample.summaries) {
      for (const point of nearest) expect(point).toBeLessThan(sample.count);
    }
  });

  it('keeps points without a cluster as context', async () => {
    const full = await buildClustering({
      labels: Array.from({ length: 1000 }, (_, i) => (i < 100 ? -1 : 0)),
      positions: new Float32Array(2000),
    });
    const { labels } = sampleClustering(full, { most: 200 });
    expect(labels.filter((label) => label > 0).length).toBeGreaterThanOrEqual(20);
  });
});
