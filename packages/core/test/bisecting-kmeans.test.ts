import { describe, expect, it } from 'vitest';
import {
  BisectingKMeans,
  BisectingKMeansModel,
  type BisectingStrategy,
  DataError,
  InvalidArgumentError,
  KMeans,
  matrix,
  matrixFromRows,
  sliceRows,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import fixture from './fixtures/bisecting-kmeans.json' with { type: 'json' };

describe.each(fixture.cases)('bisecting k-means as in scikit-learn: $name', (expected) => {
  it('gives the same clusters, and the same labels of new points', async () => {
    const points = matrixFromRows(expected.points);
    const { clusters } = expected;
    const model = await new BisectingKMeans({
      clusters,
      strategy: expected.strategy as BisectingStrategy,
      init: (part, count) => (part.location === 'host' ? sliceRows(part, 0, count) : []),
      nInit: 1,
      tolerance: 0,
    }).fit(points, { weights: expected.weights ?? undefined });
    expect(Array.from(model.labels)).toEqual(expected.labels);
    expected.centroids.flat().forEach((value, at) => {
      expect(model.centroids.data[at]).toBeCloseTo(value, 9);
    });
    expect(model.inertia / expected.inertia).toBeCloseTo(1, 6);
    expect(Array.from(await model.predict(expected.new))).toEqual(expected.predicted);
    expect(model.inertiaHistory).toHaveLength(clusters);
  });
});

describe('bisecting k-means', () => {
  const { points } = blobs(300, 3, 8, 2);

  it('writes its splits as JSON, with the sizes and labels of their parts', async () => {
    const model = await new BisectingKMeans({ clusters: 3 }).fit(points);
    const json = model.treeJson();
    if (json.kind !== 'splits') throw new Error(`It is a ${json.kind}.`);
    const { nodes } = json;
    expect(nodes.map(({ node }) => node)).toEqual([0, 1, 2, 3, 4]);
    expect(nodes[0]).toMatchObject({ parent: null, size: 300, weight: 300, label: null });
    for (const { node, parent } of nodes.slice(1)) expect(model.tree.splits[(node - 1) >> 1]).toBe(parent);
    expect(nodes.filter(({ label }) => label !== null)).toHaveLength(3);
    for (const { label, size } of nodes) {
      if (label !== null) expect(size).toBe(model.labels.filter((own) => own === label).length);
    }
  });

  it('keeps its splits as a tree whose parts add up', async () => {
    const { tree, nodeWeights, nodeInertias, nodeCenters, centroids, inertia, labels, inertiaHistory } =
      await new BisectingKMeans({ clusters: 8 }).fit(points);
    expect(tree.nodes).toBe(15);
    expect(nodeWeights[0]).toBe(300);
    tree.splits.forEach((node) => {
      const [left, right] = tree.childrenOf(node)!;
      expect(nodeWeights[left] + nodeWeights[right]).toBe(nodeWeights[node]);
      expect(nodeInertias[left] + nodeInertias[right]).toBeLessThan(nodeInertias[node]);
    });
    const leaves = tree.leaves();
    expect(leaves.reduce((sum, leaf) => sum + nodeInertias[leaf], 0)).toBeCloseTo(inertia, 6);
    leaves.forEach((leaf, k) => {
      expect(labels.filter((label) => label === k)).toHaveLength(nodeWeights[leaf]);
      expect(nodeCenters.data.slice(3 * leaf, 3 * leaf + 3)).toEqual(centroids.data.slice(3 * k, 3 * k + 3));
    });
    expect(inertiaHistory[0]).toBeCloseTo((await new KMeans({ clusters: 1 }).fit(points)).inertia, 1);
  });

  it('has the fit with fewer clusters as its first splits', async () => {
    const five = await new BisectingKMeans({ clusters: 5 }).fit(points);
    const eight = await new BisectingKMeans({ clusters: 8 }).fit(points);
    expect(eight.tree.splits.slice(0, 4)).toEqual(five.tree.splits);
    expect(eight.inertiaHistory.slice(0, 5)).toEqual(five.inertiaHistory);
  });

  it('labels its points again as in the fit, far from 0 and from a file too', async () => {
    const far = matrix(
      Float64Array.from(points.data, (value) => value + 3e7),
      300,
      3,
    );
    const model = await new BisectingKMeans({ clusters: 6, scaling: undefined }).fit(far);
    expect(await model.predict(far)).toEqual(model.labels);
    const copy = BisectingKMeansModel.fromState(structuredClone(model.toState()));
    expect(copy.toState()).toEqual(model.toState());
    expect(await copy.predict(far)).toEqual(model.labels);
  });

  it('divides as many distinct points as there are, and says when there are fewer', async () => {
    const twins = matrixFromRows([[0], [0], [0], [5], [5], [9]]);
    const model = await new BisectingKMeans({ clusters: 4 }).fit(twins);
    expect(new Set(model.labels).size).toBe(3);
    expect(model.inertia).toBe(0);
    expect(model.warnings.join()).toContain('Only 3 of 4 clusters');
  });

  it('takes one cluster', async () => {
    const model = await new BisectingKMeans({ clusters: 1 }).fit(points);
    expect(new Set(await model.predict(points))).toEqual(new Set([0]));
    expect(model.tree.leaves()).toEqual([0]);
  });

  it('refuses settings out of range, and a damaged tree', async () => {
    const strategy = 'depth' as BisectingStrategy;
    expect(() => new BisectingKMeans({ clusters: 3, strategy })).toThrow(InvalidArgumentError);
    const state = (await new BisectingKMeans({ clusters: 3 }).fit(points)).toState();
    const damaged = { ...state, settings: { ...state.settings, splits: [0, 5] } };
    expect(() => BisectingKMeansModel.fromState(damaged)).toThrow(DataError);
  });
});
