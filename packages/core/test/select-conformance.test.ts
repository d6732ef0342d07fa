import { gapStatistic, matrixFromRows, stability, sweep } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/select.json' with { type: 'json' };

const points = matrixFromRows(fixture.points);
const clusters = fixture.kmeans.map((expected) => expected.clusters);

describe('a sweep as in scikit-learn', () => {
  it('has its inertias and silhouettes of k-means', async () => {
    const { rows, picks } = await sweep(points, {
      clusters,
      // Both libraries find the best of optima that are near each other.
      with: { method: 'kmeans', nInit: 1000, tolerance: 0 },
      criteria: ['silhouette'],
      seeds: [0],
    });
    fixture.kmeans.forEach((expected, i) => {
      expect(rows[i].clusters).toBe(expected.clusters);
      expect(rows[i].objective).toBeCloseTo(expected.inertia, 6);
      expect(rows[i].silhouette).toBeCloseTo(expected.silhouette, 8);
    });
    expect(picks).toEqual({ silhouette: 3 });
  });

  it('has its likelihoods, BIC and AIC of mixtures', async () => {
    // More components than heaps have many optima, of which each library finds its own.
    const found = fixture.mixtures.filter((expected) => expected.clusters <= 3);
    const { rows } = await sweep(points, {
      clusters: found.map((expected) => expected.clusters),
      with: { method: 'gmm', covarianceType: 'diag', nInit: 5, tolerance: 1e-10, maxIterations: 2000 },
      criteria: ['bic', 'aic'],
      seeds: [0],
    });
    found.forEach((expected, i) => {
      expect(rows[i].objective).toBeCloseTo(expected.logLikelihood, 6);
      expect(rows[i].bic).toBeCloseTo(expected.bic, 4);
      expect(rows[i].aic).toBeCloseTo(expected.aic, 4);
    });
  });
});

describe('gapStatistic', () => {
  const references = 40;
  const options = { clusters, references, kmeans: { nInit: 5 }, seed: 3 };

  it('compares with the log inertias of even points by another generator and library', async () => {
    const inertias = fixture.kmeans.map(({ inertia }) => inertia);
    const gaps = await gapStatistic(points, { ...options, inertias });
    gaps.forEach(({ gap, error }, i) => {
      const deviation = fixture.references.deviation[i];
      const meanLog = gap + Math.log(inertias[i]);
      // Four standard errors of a mean of 40; a spread is known to a tenth.
      expect(Math.abs(meanLog - fixture.references.mean[i])).toBeLessThan(
        (4 * deviation) / Math.sqrt(references),
      );
      expect(error / (deviation * Math.sqrt(1 + 1 / references))).toBeGreaterThan(0.6);
      expect(error / (deviation * Math.sqrt(1 + 1 / references))).toBeLessThan(1.4);
    });
  });

  it('takes given inertias, and is the same for the same seed', async () => {
    const few = { ...options, clusters: [2, 3], references: 2 };
    const inertias = fixture.kmeans.slice(0, 2).map(({ inertia }) => inertia);
    const given = await gapStatistic(points, { ...few, inertias });
    const found = await gapStatistic(points, few);
    expect(found.map(({ error }) => error)).toEqual(given.map(({ error }) => error));
    found.forEach(({ gap }, i) => {
      expect(gap).toBeCloseTo(given[i].gap, 6);
    });
    expect(await gapStatistic(points, few)).toEqual(found);
    expect((await gapStatistic(points, { ...few, seed: 4 }))[0].gap).not.toBe(found[0].gap);
  });

  it('refuses points without a gap', async () => {
    const refused = (changed: Partial<Parameters<typeof gapStatistic>[1]>, message: RegExp) =>
      expect(gapStatistic(points, { ...options, ...changed })).rejects.toThrow(message);
    await refused({ clusters: [] }, /ascend/);
    await refused({ clusters: [3, 2] }, /got \[3, 2\]/);
    await refused({ clusters: [2, 2] }, /ascend/);
    await refused({ clusters: [60] }, /below the 60 points/);
    await refused({ clusters: [0] }, /at least 1; got 0/);
    await refused({ references: 1 }, /at least 2; got 1/);
    await refused({ seed: -1 }, /seed/);
    await refused({ inertias: [1] }, /4 numbers of clusters need as many inertias; got 1/);
    await refused({ inertias: [1, 1, 0, 1] }, /that of 4 clusters is 0/);
    await refused({ inertias: [1, 1, 1, NaN] }, /that of 5 clusters is NaN/);
    await refused({ signal: AbortSignal.abort(new Error('enough')) }, /enough/);
    const same = matrixFromRows([[1], [1], [1]]);
    await expect(gapStatistic(same, { clusters: [1] })).rejects.toThrow(/that of 1 clusters is 0/);
    await expect(gapStatistic(matrixFromRows([[1], [NaN]]), { clusters: [1] })).rejects.toThrow(/NaN/);
  });
});

it('stability has the adjusted Rand index of scikit-learn for every pair', () => {
  const { agreement } = stability(fixture.partitions);
  agreement.forEach((row, i) => {
    row.forEach((index, j) => {
      expect(index).toBeCloseTo(fixture.agreement[i][j], 12);
    });
  });
});
