import {
  AgglomerativeClustering,
  BisectingKMeans,
  createReferenceEngine,
  cutHierarchy,
  Dendrogram,
  Hdbscan,
  NO_CLUSTER,
  type Hierarchy,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { FormatError, readSafetensors, writeSafetensors } from '@shoal/data/run';
import { describe, expect, it } from 'vitest';
import { cutAtRadius, cutSplits, mostClusters } from '../tree/cut-tree.ts';
import { buildClustering } from './build-clustering.ts';
import { decodeView } from './decode-view.ts';
import { viewTree } from './make-tree.ts';
import { sampleClustering } from './sample.ts';
import { encodeView } from './view-file.ts';
import type { ViewTree } from './view-tree.ts';

const engine = createReferenceEngine();
const { points } = blobs(300, 2, 4, 5, 0.6);

const hdbscan = await new Hdbscan({ minClusterSize: 8, engine }).fit(points);
const ward = await new AgglomerativeClustering({ clusters: 4, engine }).fit(points);
const micro = await new AgglomerativeClustering({ clusters: 4, microClusters: 40, engine }).fit(points);
const bisecting = await new BisectingKMeans({ clusters: 6, engine }).fit(points);
const models = { hdbscan, ward, micro, bisecting };

function condensed(tree: ViewTree | undefined) {
  if (tree?.kind !== 'condensed-tree') throw new Error(`It is a ${String(tree?.kind)}.`);
  return tree;
}

function splits(tree: ViewTree | undefined) {
  if (tree === undefined || tree.kind === 'condensed-tree') throw new Error('It is not a tree of splits.');
  return tree;
}

describe.each(Object.entries(models))('the tree of %s', (_, model) => {
  it('has the rows of each node, and the clusters of the fit', async () => {
    const { tree } = await buildClustering({ points, labels: model.labels, hierarchy: model.hierarchy });
    const { parents, sizes, clusters, nodes } = tree!;
    expect(sizes[0]).toBe(300);
    const labels = Array.from(clusters).filter((cluster) => cluster !== NO_CLUSTER);
    expect(labels.sort()).toEqual(Array.from({ length: model.clusters }, (_, label) => label));
    // Every point is below the node of its cluster.
    nodes.forEach((own, point) => {
      let node = own;
      while (node > 0 && clusters[node] === NO_CLUSTER) node = parents[node];
      expect(clusters[node]).toBe(model.labels[point]);
    });
  });

  it('is in the file of a view, also for a sample', async () => {
    const whole = await buildClustering({ points, labels: model.labels, hierarchy: model.hierarchy });
    for (const data of [whole, sampleClustering(whole, { most: 120 })]) {
      expect(decodeView(encodeView(data)).tree).toEqual(data.tree);
      expect(data.tree?.nodes).toHaveLength(data.count);
      expect(data.tree?.sizes).toEqual(whole.tree?.sizes);
    }
  });
});

describe('cuts of the tree of a view', () => {
  it('are those of the model', async () => {
    const tree = condensed(viewTree(hdbscan.hierarchy, hdbscan.labels));
    for (const radius of [0.05, 0.2, 0.4, 0.7, 1.5, 100]) {
      const { labels, clusters } = cutHierarchy(hdbscan.hierarchy, { radius });
      expect(cutAtRadius(tree, radius)).toMatchObject({ labels, clusters });
    }
    for (const [model, counts] of [
      [ward, [1, 2, 7, 300]],
      [bisecting, [1, 3, 6]],
    ] as const) {
      const own = splits(viewTree(model.hierarchy, model.labels));
      expect(mostClusters(own)).toBe(counts.at(-1));
      for (const clusters of counts) {
        const { labels } = cutHierarchy(model.hierarchy, { clusters });
        // The numbers of bisecting k-means are those of its leaves, from the left.
        expect(inOrder(cutSplits(own, clusters).labels)).toEqual(inOrder(labels));
      }
    }
  });

  it('name the node of each cluster', () => {
    const tree = condensed(viewTree(hdbscan.hierarchy, hdbscan.labels));
    const { labels, clusters, nodeClusters } = cutAtRadius(tree, 0.4);
    expect(nodeClusters.filter((cluster) => cluster !== NO_CLUSTER)).toHaveLength(clusters);
    tree.nodes.forEach((own, point) => {
      if (labels[point] === NO_CLUSTER) return;
      let node = own;
      while (node > 0 && nodeClusters[node] === NO_CLUSTER) node = tree.parents[node];
      expect(nodeClusters[node]).toBe(labels[point]);
    });
  });
});

describe('a tree of many points', () => {
  it('keeps the highest merges, whose cuts are exact', () => {
    const leaves = 5000;
    // Leaves are added one after the other: the deepest tree that there is.
    const dendrogram = new Dendrogram({
      left: Uint32Array.from({ length: leaves - 1 }, (_, m) => (m === 0 ? 0 : leaves + m - 1)),
      right: Uint32Array.from({ length: leaves - 1 }, (_, m) => m + 1),
      heights: Float64Array.from({ length: leaves - 1 }, (_, m) => 1 + m),
    });
    const hierarchy: Hierarchy = { kind: 'dendrogram', dendrogram };
    const tree = splits(viewTree(hierarchy, new Uint32Array(leaves)));
    expect(mostClusters(tree)).toBe(1024);
    expect(tree.parents).toHaveLength(2047);
    const { labels } = cutHierarchy(hierarchy, { clusters: 900 });
    expect(cutSplits(tree, 900).labels).toEqual(labels);
  });

  it('keeps the clusters of a condensed tree, what is above them, and the largest others', () => {
    // A chain of 4000 divisions into a small and a large part; the deepest node is the one cluster.
    const clusters = 8001;
    const isLarge = (cluster: number): boolean => cluster % 2 === 0;
    const sizes = Uint32Array.from({ length: clusters }, (_, k) => (isLarge(k) ? 50_000 - 10 * (k / 2) : 5));
    const tree = {
      clusters,
      parents: Int32Array.from({ length: clusters }, (_, k) => (k === 0 ? -1 : 2 * Math.ceil(k / 2) - 2)),
      births: Float64Array.from({ length: clusters }, (_, k) => Math.ceil(k / 2)),
      deaths: Float64Array.from({ length: clusters }, (_, k) => Math.ceil(k / 2) + 1),
      sizes,
      stabilities: new Float64Array(clusters),
      pointClusters: Uint32Array.from({ length: clusters }, (_, k) => k),
      pointLevels: Float64Array.from({ length: clusters }, (_, k) => Math.ceil(k / 2) + 0.5),
    };
    const dendrogram = hdbscan.dendrogram;
    const labels = new Uint32Array(clusters).fill(NO_CLUSTER);
    const near = Uint32Array.of(200);
    const kept = condensed(viewTree({ kind: 'condensed-tree', tree, chosen: near, dendrogram }, labels));
    expect(kept.parents).toHaveLength(2000);
    expect(Array.from(kept.parents.subarray(1)).every((parent, i) => parent <= i)).toBe(true);
    expect(kept.sizes[Array.from(kept.clusters).indexOf(0)]).toBe(sizes[200]);
    // Points of what is left out are in the nearest node above, which ends with the last of them.
    expect(Math.max(...kept.deaths)).toBe(4001);
    expect(kept.nodes[8000]).toBe(kept.parents.length - 1);
  });
});

describe('a damaged tree', () => {
  it.each([
    ['tree_parents', Uint32Array.of(1), 'is not a tree'],
    ['tree_parents', new Uint32Array(11).fill(10), 'is not a tree'],
    ['tree_nodes', new Uint32Array(300).fill(11), 'has node 11, but the tree has 11'],
    ['tree_heights', new Float32Array(11).fill(NaN), 'has NaN, which no node'],
    ['tree_sizes', new Uint32Array(4), 'has shape (4), where (11) belongs'],
  ])('is refused: %s', async (name, data, message) => {
    const bytes = encodeView(
      await buildClustering({ points, labels: bisecting.labels, hierarchy: bisecting.hierarchy }),
    );
    const { tensors, metadata } = readSafetensors(bytes, 'view');
    const damaged = writeSafetensors({ ...tensors, [name]: { data, shape: [data.length] } }, metadata);
    expect(() => decodeView(damaged)).toThrow(FormatError);
    expect(() => decodeView(damaged)).toThrow(message);
  });

  it('is refused for other points', () => {
    expect(() => viewTree(ward.hierarchy, new Uint32Array(4))).toThrow('The tree is of 300 points');
  });

  it('of a model that is shown with other points is left out', async () => {
    const data = await buildClustering({ points: [[0, 0]], labels: [0], clusters: 4, model: ward });
    expect(data.tree).toBeUndefined();
  });
});

/** Labels numbered in the order in which they first appear. */
function inOrder(labels: Uint32Array): number[] {
  const seen = new Map<number, number>();
  return Array.from(labels, (label) => {
    const found = seen.get(label) ?? seen.size;
    seen.set(label, found);
    return found;
  });
}
