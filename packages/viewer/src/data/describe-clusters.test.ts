import { cellAt, profileClusters, tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from './build-clustering.ts';

const count = 60;
const heavy = (i: number): boolean => i % 2 === 1;
const table = tableOf({
  mass: Array.from({ length: count }, (_, i) => (heavy(i) ? 5000 : 3500) + (i % 7)),
  sex: Array.from({ length: count }, (_, i) => (heavy(i) ? 'male' : 'female')),
  seen: Array.from({ length: count }, (_, i) => new Date(86_400_000 * (heavy(i) ? 400 + i : i))),
});
const labels = Array.from({ length: count }, (_, i) => i % 2);

describe('profiles', () => {
  it('give clusters names and a line for each trait', async () => {
    const profiles = await profileClusters(table, labels, { clusters: 2 });
    const data = await buildClustering({ labels, table, profiles });
    expect(data.clusterNames).toEqual(profiles.clusters.map(({ name }) => name));
    const [light, other] = data.clusterTraits ?? [];
    // Medians of 30 values each, and shares.
    expect(light).toContain('mass: lower, 3,503 (others: 5,003)');
    expect(other).toContain('mass: higher, 5,003 (others: 3,503)');
    expect(other).toContain('sex: male in 100 % (others: 0 %)');
    expect(other.find((line) => line.startsWith('seen: later, 1971-'))).toBeDefined();
  });

  it('give times of day to the minute', async () => {
    const values = Float64Array.from({ length: count }, (_, i) => (heavy(i) ? 20.25 : 8.5) * 3_600_000);
    const times = { type: 'date', name: 'at', values, precision: 'time' } as const;
    const profiles = await profileClusters({ ...table, columns: [times] }, labels, { clusters: 2 });
    const { clusterTraits } = await buildClustering({ labels, profiles });
    expect(clusterTraits).toEqual([
      ['at: earlier, 08:30 (others: 20:15)'],
      ['at: later, 20:15 (others: 08:30)'],
    ]);
  });

  it('give clusters like all others their remark, and a name without the number', async () => {
    const profiles = await profileClusters(tableOf({ same: new Float64Array(count) }), labels, {
      clusters: 2,
    });
    const data = await buildClustering({ labels, profiles });
    expect(data.clusterNames).toEqual(['average', 'average']);
    expect(data.clusterTraits).toEqual(profiles.clusters.map(({ note }) => [note]));
  });

  it('take rows of a table, where some have no point', async () => {
    const rows = Uint32Array.of(1, 4, 59);
    const data = await buildClustering({ labels: [0, 1, 1], table, rows });
    expect(data).toMatchObject({ count: 3, total: 60, rows });
    expect(data.columns?.[0].name).toBe('mass');
    expect(Array.from(rows.keys(), (point) => cellAt(data.columns![0], point))).toEqual([5001, 3504, 5003]);
    for (const wrong of [
      [1, 4],
      [1, 4, 60],
      [1, 4, 4],
    ]) {
      await expect(
        buildClustering({ labels: [0, 1, 1], table, rows: Uint32Array.from(wrong) }),
      ).rejects.toThrow(/The rows of 3 points/);
    }
  });

  it('must be of the same clusters, as must names and the table', async () => {
    const profiles = await profileClusters(table, labels, { clusters: 3 });
    await expect(buildClustering({ labels, profiles, clusterNames: ['a', 'b'] })).rejects.toThrow(
      /2 clusters but 3 profiles/,
    );
    await expect(buildClustering({ labels, clusterNames: ['a'] })).rejects.toThrow(/2 clusters but 1 names/);
    await expect(buildClustering({ labels: [0, 1], table })).rejects.toThrow(
      /2 labels but table has 60 rows/,
    );
  });
});
