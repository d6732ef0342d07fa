import { describe, expect, it } from 'vitest';
import type { ClustererKind } from '../clusterer/clusterer.ts';
import { InvalidArgumentError } from '../errors.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { kmeansKind, type KMeansSettings } from '../kmeans/kind.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { applyScaling } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { blobs } from '../testing/datasets.ts';
import { gapStatistic, pickByGap } from './gap-statistic.ts';
import { sweep, type Sweep } from './sweep.ts';

const { points } = blobs(300, 4, 5, 11);
const CLUSTERS = [2, 3, 4, 5, 6, 7];

it('picks no number by the gap when all points are equal', async () => {
  const equal = matrixFromRows(Array.from({ length: 20 }, () => [1, 2]));
  const { picks } = await sweep(equal, { clusters: [2, 3], seeds: [0] });
  expect(picks).toEqual({});
});

/** k-means that leaves the points out that come first. */
function leavingOut(count: number): ClustererKind<string, KMeansSettings> {
  return {
    ...kmeansKind,
    create(settings, place) {
      const clusterer = kmeansKind.create(settings, place);
      return {
        async fit(input, options) {
          const model = await clusterer.fit(input, options);
          const labels = model.labels.map((label, i) => (i < count ? NO_CLUSTER : label));
          const { clusters, objective, iterations, converged, warnings } = model;
          const predict = model.predict.bind(model);
          const toState = model.toState.bind(model);
          return { clusters, labels, objective, iterations, converged, warnings, predict, toState };
        },
      };
    },
  };
}

describe('sweep', () => {
  it('does not count points without a cluster as one', async () => {
    const some = { kind: leavingOut(30), nInit: 4, clusters: 2 };
    const { rows, picks } = await sweep(points, { clusters: CLUSTERS, with: some });
    expect(rows.map(({ found }) => found)).toEqual(CLUSTERS);
    expect(picks).toMatchObject({ silhouette: 5, stability: 5 });
    const all = { kind: leavingOut(points.rows), clusters: 2 };
    const none = await sweep(points, { clusters: [2, 3], with: all, seeds: [0] });
    expect(none.rows.map(({ found, silhouette }) => [found, silhouette])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
  });

  it('finds planted clusters by every criterion of k-means', async () => {
    const progress: number[] = [];
    const { rows, picks, seeds } = await sweep(points, {
      clusters: [7, 6, 5, 4, 3, 2],
      with: { method: 'kmeans', nInit: 4 },
      onProgress: ({ completed, total }) => progress.push(completed / total!),
    });
    expect(picks).toEqual({ silhouette: 5, gap: 5, stability: 5 });
    expect(seeds).toEqual([0, 1, 2]);
    expect(rows.map(({ clusters }) => clusters)).toEqual(CLUSTERS);
    for (const { objective, objectives } of rows) expect(objective).toBe(Math.min(...objectives));
    expect(rows[3].stability).toEqual({ mean: 1, deviation: 0 });
    expect(rows[3].bic).toBeUndefined();
    expect(progress).toEqual(Array.from({ length: 48 }, (_, i) => (i + 1) / 48));
  });

  it('finds planted clusters by every criterion of mixtures', async () => {
    const mixture = { method: 'gmm', nInit: 3 } as const;
    const { rows, picks } = await sweep(points, { clusters: CLUSTERS, with: mixture, seeds: [1, 2] });
    expect(picks).toEqual({ bic: 5, aic: expect.any(Number) as number, silhouette: 5, stability: 5 });
    for (const { objective, objectives } of rows) expect(objective).toBe(Math.max(...objectives));
  });

  it('clusters references with as many starts as all seeds together', async () => {
    const { rows } = await sweep(points, {
      clusters: CLUSTERS,
      with: { method: 'kmeans', nInit: 2 },
      criteria: ['gap'],
    });
    const gaps = await gapStatistic(points, {
      clusters: CLUSTERS,
      inertias: rows.map(({ objective }) => objective),
      kmeans: { nInit: 6 },
    });
    expect(rows.map(({ clusters, gap }) => ({ clusters, ...gap }))).toEqual(gaps);
  });

  it('has no silhouette and no stability of one cluster', async () => {
    const { rows, picks } = await sweep(points, { clusters: [1], criteria: ['silhouette', 'stability'] });
    expect(rows[0].silhouette).toBeUndefined();
    expect(picks).toEqual({});
  });

  it('refuses what it cannot do', async () => {
    const refused = (options: Parameters<typeof sweep>[1]) =>
      expect(sweep(points, options)).rejects.toThrow(InvalidArgumentError);
    await refused({ clusters: [] });
    await refused({ clusters: [2, 2] });
    await refused({ clusters: [0] });
    await refused({ clusters: [2], seeds: [] });
    await refused({ clusters: [2], seeds: [0], criteria: ['stability'] });
    await refused({ clusters: [2], criteria: ['bic'] });
    await refused({ clusters: [2], with: { method: 'gmm' }, criteria: ['gap'] });
    const seen: number[] = [];
    await refused({ clusters: [2, 301], onProgress: ({ completed }) => seen.push(completed) });
    await refused({ clusters: [2], seeds: [0, 0] });
    await refused({ clusters: [2], seeds: [-1, 0] });
    await refused({ clusters: [2], silhouetteSample: 2 });
    await refused({ clusters: [2], gapReferences: 1 });
    await refused({ clusters: [2], with: { method: 'kmeans', metric: 'cosine' }, criteria: ['gap'] });
    expect(seen).toEqual([]);
    await expect(sweep(matrix(Float32Array.of(0, NaN), 2, 1), { clusters: [1] })).rejects.toThrow(/NaN/);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(sweep(points, { clusters: [2], signal })).rejects.toThrow('enough');
  });
});

/** Checks that every number is finite or absent. */
function expectFinite(found: Sweep): void {
  expect(JSON.stringify(found)).not.toContain('null');
}

describe('sweep of awkward points', () => {
  it('picks one cluster of points that are all the same', async () => {
    const found = await sweep(matrix(new Float32Array(40).fill(3), 20, 2), { clusters: [1, 2, 3] });
    expect(found.picks).toEqual({ gap: 1 });
    expect(found.rows.map((row) => row.found)).toEqual([1, 1, 1]);
    expectFinite(found);
  });

  it('picks as many clusters as there are different points, and no more', async () => {
    const values = Float32Array.from({ length: 40 }, (_, i) => 5 * (i % 2));
    const found = await sweep(matrix(values, 40, 1), { clusters: [1, 2, 3, 40] });
    expect(found.picks).toEqual({ silhouette: 2, gap: 2, stability: 2 });
    expect(found.rows.map(({ gap }) => gap !== undefined)).toEqual([true, false, false, false]);
    expectFinite(found);
  });

  it('has gaps far from the origin, where float32 would round all references to a few', async () => {
    const near = Float64Array.from({ length: 60 }, (_, i) => (i % 3) + i / 1000);
    const options = { clusters: [1, 2, 3], criteria: ['gap'] } as const;
    const found = await sweep(
      matrix(
        near.map((value) => value + 1e7),
        60,
        1,
      ),
      options,
    );
    const { rows, picks } = await sweep(matrix(near, 60, 1), options);
    expect(found.picks).toEqual(picks);
    found.rows.forEach(({ gap }, i) => {
      expect(gap?.gap).toBeCloseTo(rows[i].gap!.gap, 2);
    });
  });

  it('goes on when the sample of the silhouette has only one cluster', async () => {
    const random = new Random(1);
    const values = Float32Array.from({ length: 2000 }, (_, i) => (i === 8 ? 1e4 : random.normal()));
    const found = await sweep(matrix(values, 2000, 1), {
      clusters: [2, 5],
      silhouetteSample: 50,
      criteria: ['silhouette'],
    });
    expect(found.rows[0].silhouette).toBeUndefined();
    expect(found.picks).toEqual({ silhouette: 5 });
  });

  it('measures in the space of the clusters: in standardized columns, not in one that is a million times wider', async () => {
    const random = new Random(5);
    const { data, rows, columns } = blobs(150, 2, 3, 4, 0.3).points;
    const wide = new Float32Array(rows * (columns + 1));
    for (let i = 0; i < rows; i++) {
      wide.set(data.subarray(i * columns, (i + 1) * columns), i * (columns + 1));
      wide[i * (columns + 1) + columns] = 1e6 * random.normal();
    }
    const options = {
      clusters: [2, 3, 4, 5],
      with: { method: 'kmeans', nInit: 4, scaling: 'standardize' },
    } as const;
    const points = matrix(wide, rows, columns + 1);
    const { rows: found } = await sweep(points, options);
    const scaling = await fitScaling(points, 'standardize', createReferenceEngine());
    const scaled = (await applyScaling(points, scaling, createReferenceEngine())) as Matrix;
    const { rows: expected } = await sweep(scaled, { ...options, with: { method: 'kmeans', nInit: 4 } });
    expect(found).toEqual(expected);
  });

  it('measures the silhouette of spherical clusters on the sphere', async () => {
    const random = new Random(6);
    const points = matrixFromRows(
      Array.from({ length: 90 }, (_, i) => {
        const angle = 2 * (i % 3) + 0.1 * random.normal();
        const length = Math.exp(3 * random.normal());
        return [length * Math.cos(angle), length * Math.sin(angle)];
      }),
    );
    const spherical = { method: 'kmeans', metric: 'cosine', nInit: 4 } as const;
    const { rows, picks } = await sweep(points, { clusters: [2, 3, 4, 5], with: spherical });
    expect(picks).toEqual({ silhouette: 3, stability: expect.any(Number) as number });
    expect(rows[1].silhouette).toBeGreaterThan(0.8);
  });
});

describe('pickByGap', () => {
  it('chooses the least number that the next one does not beat by more than its error', () => {
    const gaps = [0.1, 0.5, 0.55, 0.7].map((gap, i) => ({ clusters: i + 2, gap, error: 0.1 }));
    expect(pickByGap(gaps)).toBe(3);
    expect(pickByGap(gaps.slice(0, 2))).toBe(3);
    expect(() => pickByGap([])).toThrow(InvalidArgumentError);
  });
});
