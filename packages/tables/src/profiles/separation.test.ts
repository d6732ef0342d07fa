import { createReferenceEngine, InvalidArgumentError, KMeans, matrix, Random, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { clusterGaps } from './cluster-gaps.ts';
import { profileClusters } from './profile-clusters.ts';

/** Profiles of clusters by k-means, of points that are the columns of a table. */
async function profilesOf(values: Float64Array, columns: number, clusters: number) {
  const rows = values.length / columns;
  const points = matrix(values, rows, columns);
  const { labels } = await new KMeans({ clusters, nInit: 3, engine: createReferenceEngine() }).fit(points);
  const table = tableOf(
    Object.fromEntries(
      Array.from({ length: columns }, (_, j) => [`x${j}`, values.filter((_value, i) => i % columns === j)]),
    ),
  );
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  return profileClusters(table, labels, { clusters, points: { points, rows: all } });
}

const random = new Random(11);
const normal = (length: number) => Float64Array.from({ length }, () => random.normal());

describe('the judgement of separation', () => {
  it('finds no gaps in one cloud, although its parts differ', async () => {
    const { separation, clusters } = await profilesOf(normal(1200), 3, 4);
    expect(separation).toMatchObject({ verdict: 'none', clustersWithTraits: 4 });
    expect(separation.summary).toContain('There are no gaps between the clusters');
    expect(clusters[0].note).toMatch(/^There is no gap to cluster [123]\.$/);
  });

  it('finds none in a long cloud, where columns depend on each other', async () => {
    const values = normal(1200).map((value, i, all) => all[i - (i % 3)] + 0.3 * value);
    expect((await profilesOf(values, 3, 3)).separation.verdict).toBe('none');
  });

  it('does not take evenly spread points for groups', async () => {
    const values = Float64Array.from({ length: 1600 }, () => random.uniform());
    expect((await profilesOf(values, 2, 4)).separation.verdict).not.toBe('clear');
  });

  it('finds the gaps between groups, in few columns and in many', async () => {
    for (const columns of [2, 50]) {
      const values = normal(600 * columns).map((value, i) => {
        const group = Math.floor(i / columns) % 3;
        return i % columns === group % 2 ? value + 7 * (group + 1) : value;
      });
      const { separation, clusters } = await profilesOf(values, columns, 3);
      expect(separation.verdict).toBe('clear');
      expect(separation.summary).toBe(
        'Every cluster differs from the others in at least one column. There are clear gaps between the clusters.',
      );
      expect(clusters.every(({ note, typical }) => note === undefined && typical.length === 5)).toBe(true);
    }
  });

  it('names clusters without a gap between them among others with gaps', async () => {
    // Two groups far apart, and the second cut in two.
    const values = normal(900).map((value, i) => value + (i % 3 === 0 ? 30 : 0));
    const points = matrix(values, 900, 1);
    const labels = Array.from(values, (value) => (value > 15 ? 0 : value > 0 ? 1 : 2));
    const rows = labels.map((_, i) => i);
    const { separation } = await profileClusters(tableOf({ x: values }), labels, {
      clusters: 3,
      points: { points, rows },
    });
    expect(separation.verdict).toBe('clear');
    expect(separation.summary).toMatch(/clear gaps between the clusters, but not between 1 and 2\.$/);
  });

  it('counts the clusters without a gap when they are many', async () => {
    // Two groups far apart, the second cut in six.
    const values = normal(1800).map((value, i) => value + (i % 3 > 0 ? 30 : 0));
    const cuts = [15, 29, 29.6, 30, 30.4, 31];
    const labels = Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
    const points = { points: matrix(values, 1800, 1), rows: labels.map((_, i) => i) };
    const { separation } = await profileClusters(tableOf({ x: values }), labels, { clusters: 7, points });
    expect(separation.summary).toMatch(
      /clear gaps between the clusters, but 6 of 7 run into their nearest one\.$/,
    );
  });

  it('is unknown for one cluster or equal points only', async () => {
    const table = tableOf({ x: [1, 1, 1, 1] });
    const points = { points: matrix([1, 1, 1, 1], 4, 1), rows: [0, 1, 2, 3] };
    const one = await profileClusters(table, [0, 0, 0, 0], { clusters: 1, points });
    expect(one.separation.verdict).toBe('unknown');
    const equal = await profileClusters(table, [0, 1, 0, 1], { clusters: 2, points });
    expect(equal.separation.verdict).toBe('none');
  });

  it('names rows that are not there', async () => {
    const table = tableOf({ x: [1, 2] });
    const points = matrix([1, 2], 2, 1);
    const fewer = profileClusters(table, [0, 1], { clusters: 2, points: { points, rows: [0] } });
    await expect(fewer).rejects.toThrow(ShapeError);
    const beyond = profileClusters(table, [0, 1], { clusters: 2, points: { points, rows: [0, 2] } });
    await expect(beyond).rejects.toThrow(InvalidArgumentError);
  });
});

describe('clusterGaps', () => {
  it('is the distance in standard deviations along the line between the means', () => {
    // Means (0, 0), (10, 0) and (40, 0); along the line, deviations of 1 and 2.
    const data = Float64Array.of(-1, 5, 1, -5, 8, 3, 12, -3, 40, 0);
    const gaps = clusterGaps({ data, columns: 2, labels: [0, 0, 1, 1, 3], clusters: 4 });
    const gap = 10 / Math.sqrt((1 + 4) / 2);
    expect(gaps[0]?.cluster).toBe(1);
    expect(gaps[0]?.gap).toBeCloseTo(gap, 12);
    expect(gaps[1]?.gap).toBeCloseTo(gap, 12);
    expect(gaps[2]).toBeUndefined();
    // 30 / sqrt((0 + 4) / 2) is more than the greatest gap.
    expect(gaps[3]).toEqual({ cluster: 1, gap: 10 });
  });
});
