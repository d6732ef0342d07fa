import { AgglomerativeClustering, createReferenceEngine, Hdbscan } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { groupColors } from '../theme/group-colors.ts';
import { cssColor } from '../theme/oklab.ts';
import { staticTree } from './static-tree.ts';

const engine = createReferenceEngine();
const WHITE = [255, 255, 255] as const;

async function pictureOf(points: number, method: 'hdbscan' | 'ward'): Promise<string> {
  const { points: rows } = blobs(points, 2, 3, 5, 0.4);
  const model =
    method === 'hdbscan'
      ? await new Hdbscan({ minClusterSize: 5, engine }).fit(rows)
      : await new AgglomerativeClustering({ clusters: 3, engine }).fit(rows);
  const data = await buildClustering({ points: rows, labels: model.labels, hierarchy: model.hierarchy });
  const { clusters } = groupColors(data, 'default', WHITE);
  const picture = staticTree(data, clusters);
  for (const color of clusters) expect(picture).toContain(cssColor(color));
  return picture;
}

describe('the picture of a tree', () => {
  it.each(['hdbscan', 'ward'] as const)(
    'has the colors of the clusters, and a limited size: %s',
    async (method) => {
      const [few, many] = [await pictureOf(60, method), await pictureOf(1500, method)];
      for (const picture of [few, many]) {
        expect(picture).toMatch(/^<figure.*<\/figure>$/s);
        expect(picture).not.toMatch(/NaN|undefined|Infinity/);
      }
      expect(many).toContain('Tree of 1,500 rows');
      expect(many.length).toBeLessThan(150_000);
    },
  );

  it('is nothing without a tree', async () => {
    expect(staticTree(await buildClustering({ labels: [0, 1] }), [])).toBe('');
  });
});
