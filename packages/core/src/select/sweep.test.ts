import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors.ts';
import { matrix } from '../matrix.ts';
import { blobs } from '../testing/datasets.ts';
import { pickByGap } from './gap-statistic.ts';
import { sweep } from './sweep.ts';

const { points } = blobs(300, 4, 5, 11);
const CLUSTERS = [2, 3, 4, 5, 6, 7];

describe('sweep', () => {
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
    await refused({ clusters: [301] });
    await expect(sweep(matrix(Float32Array.of(0, NaN), 2, 1), { clusters: [1] })).rejects.toThrow(/NaN/);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(sweep(points, { clusters: [2], signal })).rejects.toThrow('enough');
  });
});

describe('pickByGap', () => {
  it('takes the least number that the next one does not beat by more than its error', () => {
    const gaps = [0.1, 0.5, 0.55, 0.7].map((gap, i) => ({ clusters: i + 2, gap, error: 0.1 }));
    expect(pickByGap(gaps)).toBe(3);
    expect(pickByGap(gaps.slice(0, 2))).toBe(3);
  });
});
