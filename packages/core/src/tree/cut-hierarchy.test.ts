import { describe, expect, it } from 'vitest';
import { AgglomerativeClustering } from '../agglomerative/agglomerative-clustering.ts';
import { BisectingKMeans } from '../bisecting-kmeans/estimator.ts';
import { SplitTree } from '../bisecting-kmeans/split-tree.ts';
import { Hdbscan } from '../density/hdbscan.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { Random } from '../random.ts';
import { blobs } from '../testing/datasets.ts';
import { cutHierarchy } from './cut-hierarchy.ts';
import { hierarchyNewick } from './hierarchy-newick.ts';
import { hierarchyOf } from './hierarchy.ts';

const engine = createReferenceEngine();
const { points } = blobs(240, 2, 5, 3, 0.6);

describe('cutHierarchy', () => {
  it('cuts a condensed tree as the merges below it, at any radius', async () => {
    const model = await new Hdbscan({ minClusterSize: 6, engine }).fit(points);
    const random = new Random(1);
    const { heights } = model.dendrogram;
    const radii = [0, ...Array.from({ length: 40 }, () => heights[random.integer(heights.length)]), 0.3, 1e9];
    const found = radii.map((radius) => cutHierarchy(model.hierarchy, { radius }));
    found.forEach((cut, i) => {
      expect(cut, String(radii[i])).toEqual(model.cutAt(radii[i]));
    });
    expect(new Set(found.map(({ clusters }) => clusters)).size).toBeGreaterThan(4);
    expect(() => cutHierarchy(model.hierarchy, { clusters: 3 })).toThrow('give a radius');
    expect(() => cutHierarchy(model.hierarchy, { radius: -1 })).toThrow('got -1');
  });

  it('cuts a dendrogram into a number of clusters, or at a height', async () => {
    const model = await new AgglomerativeClustering({ clusters: 4, engine }).fit(points);
    expect(cutHierarchy(model.hierarchy, { clusters: 9 })).toEqual(model.cutInto(9));
    const height = model.dendrogram.heights[237 - 1];
    expect(cutHierarchy(model.hierarchy, { radius: height })).toEqual(model.cutInto(3));
  });

  it('gives the points of micro-clusters the clusters of their leaves', async () => {
    const model = await new AgglomerativeClustering({ clusters: 4, microClusters: 30, engine }).fit(points);
    expect(cutHierarchy(model.hierarchy, { clusters: 7 })).toEqual(model.cutInto(7));
  });

  it('undoes splits, the last ones first', async () => {
    // The default number of trials depends on the number of clusters.
    const settings = { strategy: 'size', trials: 2, seed: 3, engine } as const;
    const fitted = (clusters: number) => new BisectingKMeans({ ...settings, clusters }).fit(points);
    const [model, fewer] = [await fitted(9), await fitted(5)];
    expect(cutHierarchy(model.hierarchy, { clusters: 5 }).labels).toEqual(fewer.labels);
    expect(cutHierarchy(model.hierarchy, { clusters: 9 }).labels).toEqual(model.labels);
    expect(() => cutHierarchy(model.hierarchy, { clusters: 10 })).toThrow('this tree has 9');
    expect(() => cutHierarchy(model.hierarchy, { radius: 1 })).toThrow('give a number of clusters');
  });

  it('cuts the tree of other points at the places of training points', async () => {
    const places = Uint32Array.of(200, 0, 0, 17);
    const hdbscan = await new Hdbscan({ minClusterSize: 6, engine }).fit(points);
    const ward = await new AgglomerativeClustering({ clusters: 4, engine }).fit(points);
    const split = await new BisectingKMeans({ clusters: 6, engine }).fit(points);
    for (const [hierarchy, cut] of [
      [hdbscan.hierarchy, { radius: 0.8 }],
      [ward.hierarchy, { clusters: 6 }],
      [split.hierarchy, { clusters: 4 }],
    ] as const) {
      const { labels } = cutHierarchy(hierarchy, cut);
      const moved = cutHierarchy(hierarchyOf(hierarchy, places), cut).labels;
      const isTogether = (all: Uint32Array, a: number, b: number): boolean => all[a] === all[b];
      for (let a = 0; a < 4; a++) {
        expect(moved[a] === NO_CLUSTER).toBe(labels[places[a]] === NO_CLUSTER);
        for (let b = 0; b < 4; b++) {
          expect(isTogether(moved, a, b)).toBe(isTogether(labels, places[a], places[b]));
        }
      }
    }
  });
});

describe('hierarchyNewick', () => {
  it('writes splits as branches between inertias', () => {
    // 0 -> 1 2, 2 -> 3 4: the leaves from the left are 1 3 4.
    const tree = new SplitTree([0, 2]);
    const inertias = Float64Array.of(10, 1, 6, 2, 3);
    const hierarchy = { kind: 'splits', tree, inertias, leafOf: Uint32Array.of(0, 1, 2) } as const;
    expect(hierarchyNewick(hierarchy)).toBe('(0:10,(1:6,2:6):4);');
  });

  it('writes merges, with names of the leaves', async () => {
    const { hierarchy } = await new AgglomerativeClustering({ clusters: 2, linkage: 'single', engine }).fit([
      [0],
      [1],
      [4],
    ]);
    expect(hierarchyNewick(hierarchy, { nameOf: (leaf) => 'abc'[leaf] })).toBe('((a:1,b:1):2,c:3);');
  });
});

describe('SplitTree', () => {
  // 0 -> 1 2, 2 -> 3 4, 1 -> 5 6: the leaves from the left are 5 6 3 4.
  const tree = new SplitTree([0, 2, 1]);

  it('says which node each node is part of after fewer splits', () => {
    expect(tree.topsOf(1)).toEqual(Uint32Array.of(0, 0, 0, 0, 0, 0, 0));
    expect(tree.topsOf(3)).toEqual(Uint32Array.of(0, 1, 2, 3, 4, 1, 1));
    expect(tree.cutInto(3)).toEqual(Uint32Array.of(0, 0, 1, 2));
    expect(tree.cutInto(4)).toEqual(Uint32Array.of(0, 1, 2, 3));
  });

  it('counts the points of each node', () => {
    expect(tree.sizesOf(Uint32Array.of(0, 1, 1, 3, 2, 1))).toEqual(Uint32Array.of(6, 4, 2, 1, 1, 1, 3));
  });
});
