import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { gatherRows, matrix, matrixFromRows } from '../matrix.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { Random } from '../random.ts';
import { blobs } from '../testing/datasets.ts';
import { Dbscan } from './dbscan.ts';
import { Hdbscan } from './hdbscan.ts';
import { HdbscanModel } from './hdbscan-model.ts';
import { hdbscanKind } from './hdbscan-kind.ts';
import type { HdbscanOptions } from './hdbscan-options.ts';

const engine = createReferenceEngine();
const { points } = blobs(150, 2, 3, 4, 0.7);
const fit = (options: HdbscanOptions = {}) => new Hdbscan({ ...options, engine }).fit(points);

describe('Hdbscan', () => {
  it('gives the same clusters for rows in any order', async () => {
    const order = new Random(3).shuffle(Uint32Array.from({ length: points.rows }, (_, i) => i));
    const shuffled = matrix(gatherRows(points, order), points.rows, points.columns);
    const [first, second] = [await fit(), await new Hdbscan({ engine }).fit(shuffled)];
    const inOrder = Array.from(order, (row) => first.labels[row]);
    expect(adjustedRandIndex(inOrder, second.labels)).toBe(1);
    expect([...second.probabilities]).toEqual(Array.from(order, (row) => first.probabilities[row]));
    expect([...second.outlierScores]).toEqual(Array.from(order, (row) => first.outlierScores[row]));
  });

  it('finds nearly the same clusters by NN-descent, and saves what it found', async () => {
    const { points: many } = blobs(900, 6, 4, 2, 1.5);
    const options = { minClusterSize: 20, minSamples: 5, engine };
    const exact = await new Hdbscan(options).fit(many);
    const model = await new Hdbscan({ ...options, neighborSearch: 'nn-descent', seed: 3 }).fit(many);
    expect(exact.clusters).toBe(4);
    expect(adjustedRandIndex(model.labels, exact.labels)).toBeGreaterThan(0.98);
    expect(exact.neighborRecall).toBeUndefined();
    const loaded = HdbscanModel.fromState(model.toState(), engine);
    expect(loaded.warnings).toEqual(model.warnings);
    expect(loaded.labels).toEqual(model.labels);
  });

  it('says what share of the neighbors NN-descent found', async () => {
    const random = new Random(2);
    const cube = matrix(
      Float32Array.from({ length: 700 * 40 }, () => random.uniform()),
      700,
      40,
    );
    const model = await new Hdbscan({ minSamples: 5, neighborSearch: 'nn-descent', engine }).fit(cube);
    expect(model.neighborRecall).toBeGreaterThan(0.95);
    expect(model.neighborRecall).toBeLessThan(1);
    expect(model.warnings[0]).toMatch(/^NN-descent found 9\d\.\d % of the nearest neighbors, in a sample/);
  });

  it('joins groups that NN-descent leaves apart, and copies of a point', async () => {
    const groups = [0, 100, 300].flatMap((at) => Array.from({ length: 60 }, (_, i) => [at + (i % 2), at]));
    const settings = { neighborSearch: 'nn-descent', allowSingleCluster: true, engine } as const;
    const { labels, dendrogram } = await new Hdbscan(settings).fit(groups);
    const exact = await new Hdbscan({ allowSingleCluster: true, engine }).fit(groups);
    expect(labels).toEqual(exact.labels);
    expect([...dendrogram.heights]).toEqual([...exact.dendrogram.heights]);
  });

  it('numbers clusters in the order in which they first appear', async () => {
    const { labels } = await fit();
    const firsts = [...new Set(labels.filter((label) => label !== NO_CLUSTER))];
    expect(firsts).toEqual(firsts.map((_, i) => i));
  });

  it('leaves points far from any cluster out, whatever it is asked', async () => {
    const model = await fit();
    const far = matrixFromRows([[1e6, -1e6], [...gatherRows(points, [0])]]);
    const { labels, probabilities } = await model.predictMembership(far);
    expect([...labels]).toEqual([NO_CLUSTER, model.labels[0]]);
    expect([...probabilities]).toEqual([0, model.probabilities[0]]);
  });

  it('takes a share of the points for the least size of a cluster', async () => {
    const [share, number] = [await fit({ minClusterSize: 0.1 }), await fit({ minClusterSize: 15 })];
    expect(share.settings).toEqual(number.settings);
    expect((await fit({ minClusterSize: 0.001 })).settings.minClusterSize).toBe(5);
  });

  it('warns when all points are noise', async () => {
    const model = await fit({ minClusterSize: 120 });
    expect(model.clusters).toBe(0);
    expect(model.warnings[0]).toMatch(
      /^No cluster was found: all points are noise. Lower minClusterSize \(120\)/,
    );
    expect(model.objective.value).toBe(0);
    await expect(model.memberships(points)).rejects.toThrow('The model has no clusters');
  });

  it('makes one cluster of all only when it may', async () => {
    const { points: one } = blobs(80, 2, 1, 4, 0.7);
    const clusters = async (allowSingleCluster: boolean): Promise<number> =>
      (await new Hdbscan({ minClusterSize: 10, allowSingleCluster, engine }).fit(one)).clusters;
    expect(await clusters(true)).toBe(1);
    expect(await clusters(false)).not.toBe(1);
  });

  it('clusters a single point, and equal points', async () => {
    const single = await new Hdbscan({ engine }).fit([[1, 2]]);
    expect([...single.labels, ...(await single.predict([[1, 2]]))]).toEqual([NO_CLUSTER, NO_CLUSTER]);
    const equal = await new Hdbscan({ allowSingleCluster: true, engine }).fit(Array(20).fill([1, 2]));
    expect(equal.clusters).toBe(1);
    expect([...equal.probabilities]).toEqual(Array(20).fill(1));
    expect(equal.objective.value).toBe(1);
  });

  it.each<[HdbscanOptions, string]>([
    [{ minClusterSize: 1 }, 'minClusterSize must be a whole number of at least 2; got 1.'],
    [{ minClusterSize: 2.5 }, 'minClusterSize must be a whole number of at least 2; got 2.5.'],
    [{ minSamples: 0 }, 'minSamples must be a whole number of at least 1; got 0.'],
    [
      { clusterSelectionEpsilon: -1 },
      'clusterSelectionEpsilon must be a finite number of at least 0; got -1.',
    ],
    [{ maxClusterSize: 3 }, 'maxClusterSize must be a whole number of at least 5; got 3.'],
  ])('refuses %o', (options, message) => {
    expect(() => new Hdbscan(options)).toThrow(message);
  });

  it('refuses weights, and more samples than points', async () => {
    const clusterer = hdbscanKind.create({}, { engine });
    await expect(clusterer.fit({ points, weights: Array(150).fill(1) })).rejects.toThrow(
      'HDBSCAN does not use weights: all points count alike.',
    );
    await expect(fit({ minSamples: 150 })).rejects.toThrow(
      'minSamples = 150 needs more points than that; got 150.',
    );
  });
});

describe('Dbscan', () => {
  it('labels new points by the core points near them', async () => {
    const line = [[0], [1], [2], [10], [11], [12], [30]];
    const model = await new Dbscan({ radius: 1, minSamples: 3, engine }).fit(line);
    expect([...model.labels]).toEqual([0, 0, 0, 1, 1, 1, NO_CLUSTER]);
    expect([...model.coreLabels]).toEqual([0, 1]);
    // Only 1 and 11 are core points.
    expect([...(await model.predict([[2], [2.5], [10.2], [30]]))]).toEqual([0, NO_CLUSTER, 1, NO_CLUSTER]);
    expect(model.objective.value).toBeCloseTo(6 / 7, 12);
  });

  it('warns when all points are noise', async () => {
    const model = await new Dbscan({ radius: 0.1, engine }).fit([[0], [1]]);
    expect(model.warnings).toEqual([
      'No cluster was found: all points are noise. Give a larger radius than 0.1, or fewer minSamples than 5.',
    ]);
    expect([...(await model.predict([[0]]))]).toEqual([NO_CLUSTER]);
  });

  it('refuses a radius of 0', () => {
    expect(() => new Dbscan({ radius: 0 })).toThrow('radius must be a finite number above 0; got 0.');
  });
});
