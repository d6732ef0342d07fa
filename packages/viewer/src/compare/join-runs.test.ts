import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import type { ClusteringData } from '../data/types.ts';
import { placeFlows } from './flows.ts';
import { joinRuns, pointsOfFlow } from './join-runs.ts';

async function run(labels: readonly number[], more: Partial<ClusteringData> = {}): Promise<ClusteringData> {
  const positions = labels.flatMap((_, i) => [i, 0]);
  return { ...(await buildClustering({ labels, positions })), ...more };
}

describe('joinRuns', () => {
  it('counts the clusters of one run in those of the other; without a cluster is a group', async () => {
    const { data, clusters } = joinRuns(
      await run([0, 0, 1, 1, -1, 0]),
      await run([1, 1, 0, -1, 0, 1], { clusterNames: ['Gentoo', undefined] }),
    );
    expect(clusters).toEqual([2, 2]);
    expect(data.classes?.names).toEqual(['Cluster 0', 'Cluster 1', 'No cluster']);
    expect(data.clusterNames).toEqual(['Gentoo', undefined, 'No cluster']);
    // Rows of the second run's clusters 0, 1 and none, by those of the first.
    expect([...data.classes!.counts]).toEqual([0, 1, 1, 3, 0, 0, 0, 1, 0]);
    expect([...pointsOfFlow(data, 0, 1)]).toEqual([0, 1, 5]);
    expect([...pointsOfFlow(data, undefined, 0)]).toEqual([2, 4]);
  });

  it('compares the rows that both show', async () => {
    const [first, second] = [await run([0, 1, 0]), await run([0, 0, 1])];
    const { data } = joinRuns(
      { ...first, total: 9, rows: Uint32Array.of(1, 4, 7) },
      { ...second, total: 9, rows: Uint32Array.of(4, 7, 8) },
    );
    expect([...data.rows!]).toEqual([4, 7]);
    expect([...data.classes!.labels]).toEqual([1, 0]);
    expect([...data.labels]).toEqual([0, 0]);
    expect([...data.positions]).toEqual([0, 0, 1, 0]);
    expect(data.notes).toEqual(['2 of 9 rows are compared: those that both runs show.']);
  });

  it('refuses runs of other rows', async () => {
    const [three, two] = [await run([0, 1, 0]), await run([0, 1])];
    expect(() => joinRuns(three, two)).toThrow('The runs have 3 and 2 rows.');
    const apart = { ...two, total: 3, rows: Uint32Array.of(0, 1) };
    const none = { ...two, total: 3, rows: Uint32Array.of(2) };
    expect(() => joinRuns(apart, { ...none, count: 1 })).toThrow('no row in common');
  });
});

describe('placeFlows', () => {
  it('puts matched clusters beside each other, and flows where their clusters are', async () => {
    const { data } = joinRuns(await run([0, 0, 0, 1, 1, 1, 1]), await run([1, 1, 1, 0, 0, 0, 1]));
    const { first, second, flows, omitted } = placeFlows(data, 100);
    expect(first.map(({ group, size }) => [group, size])).toEqual([
      [0, 3],
      [1, 4],
    ]);
    expect(second.map(({ group, size }) => [group, size])).toEqual([
      [1, 4],
      [0, 3],
    ]);
    expect(flows.map(({ from, to, count }) => [from, to, count])).toEqual([
      [0, 1, 3],
      [1, 1, 1],
      [1, 0, 3],
    ]);
    for (const { from, to, leaves, enters, height } of flows) {
      const [start, end] = [
        first.find(({ group }) => group === from)!,
        second.find(({ group }) => group === to)!,
      ];
      expect(leaves).toBeGreaterThanOrEqual(start.top);
      expect(leaves + height).toBeLessThanOrEqual(start.top + start.height);
      expect(enters + height).toBeLessThanOrEqual(end.top + end.height);
    }
    expect(omitted).toBe(0);
  });

  it('is bounded for any number of clusters, and says what it leaves out', async () => {
    const labels = Array.from({ length: 400 }, (_, i) => i % 100);
    const { data } = joinRuns(await run(labels), await run(labels.map((label) => 99 - label)));
    const { first, second, omitted } = placeFlows(data, 300);
    expect([first.length, second.length]).toEqual([24, 24]);
    expect(omitted).toBe(400 - 24 * 4);
  });
});
