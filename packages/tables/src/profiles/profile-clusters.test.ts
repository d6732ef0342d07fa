import { InvalidArgumentError, NO_CLUSTER, Random, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../table/table-of.ts';
import { profileClusters } from './profile-clusters.ts';
import { profileText } from './profile-text.ts';

/** Two kinds of fish, 30 rows of each, and five rows in no cluster. */
const labels = Array.from({ length: 65 }, (_, i) => (i < 60 ? i % 2 : NO_CLUSTER));
const fish = tableOf({
  'length (cm)': labels.map((label, i) => (label === 1 ? 90 : 20) + (i % 7)),
  sea: labels.map((label, i) => (label === 1 ? 'north' : i % 3 === 0 ? 'south' : 'west')),
  tagged: labels.map((label, i) => (i % 10 === 0 ? null : label === 0)),
  caught: labels.map((label, i) => new Date(Date.UTC(2020 + (label === 1 ? 3 : 0), i % 12, 1))),
  code: labels.map((_, i) => (i * 17) % 64),
  vector: labels.map((_, i) => [i, 1]),
});

describe('profileClusters', () => {
  it('lists what sets a cluster apart, the most distinctive first', async () => {
    const { clusters, withoutCluster, rows } = await profileClusters(fish, labels, { clusters: 2 });
    expect([rows, withoutCluster]).toEqual([65, 5]);
    const [small, large] = clusters;
    expect(large).toMatchObject({ cluster: 1, size: 30, share: 30 / 65, note: undefined });
    expect(large.traits.map(({ kind, name }) => [kind, name])).toEqual([
      ['level', 'sea'],
      ['number', 'length (cm)'],
      ['date', 'caught'],
      ['level', 'tagged'],
    ]);
    // 30 of 30 rows, and none of the 35 others: 1 / sqrt(30 / 65 * 35 / 65).
    const sea = large.traits[0];
    expect(sea).toMatchObject({ level: 'north', share: 1, overall: 30 / 65, others: 0, lift: 65 / 30 });
    expect(sea.effect).toBeCloseTo(65 / Math.sqrt(30 * 35), 12);
    expect(large.traits[1]).toMatchObject({ median: 93, others: 23 });
    expect(large.traits[2]).toMatchObject({ kind: 'date', others: '2020-05-01' });
    expect(large.name).toBe('sea: north, very high length');
    expect(small.name).toBe('sea: not north, low length');
  });

  it('sums up the columns', async () => {
    const { columns } = await profileClusters(fish, labels, { clusters: 2, columns: [2, 0, 5] });
    expect(columns).toEqual([
      {
        column: 0,
        name: 'length (cm)',
        type: 'number',
        describedAs: 'number',
        missing: 0,
        lower: 23,
        median: 26,
        upper: 93,
      },
      {
        column: 2,
        name: 'tagged',
        type: 'boolean',
        describedAs: 'levels',
        missing: 7,
        levels: [
          { level: 'false', share: 34 / 65 },
          { level: 'true', share: 24 / 65 },
        ],
      },
      { column: 5, name: 'vector', type: 'vector', describedAs: 'none', missing: 0 },
    ]);
  });

  it('says that the values of a group lie between those of the others', async () => {
    const values = labels.slice(0, 60).map((_, i) => 10 * (i % 3) + Math.sin(7 * i));
    const table = tableOf({ income: values, noise: values.map((_, i) => (i * 37) % 61) });
    const profiles = await profileClusters(
      table,
      values.map((_, i) => i % 3),
      { clusters: 3 },
    );
    const [low, middle, high] = profiles.clusters;
    expect([low.name, middle.name, high.name]).toEqual([
      'very low income',
      'medium income',
      'very high income',
    ]);
    expect(middle.traits).toMatchObject([{ kind: 'number', name: 'income', middle: true }]);
    expect(middle.note).toBeUndefined();
    expect(profiles.separation.summary).toContain('Every cluster differs');
    expect(profileText(profiles)).toMatch(/income: 9\.\d+ to 10\.\d+, between the others/);
  });

  it('names a single row that is far from all others, and no group of random rows', async () => {
    const far = Array.from({ length: 60 }, (_, i) => (i === 59 ? 6000 : 100 + Math.sin(i)));
    const ofLast = far.map((_, i) => (i === 59 ? 1 : 0));
    const { clusters } = await profileClusters(tableOf({ sales: far }), ofLast, { clusters: 2 });
    expect(clusters[1]).toMatchObject({ size: 1, name: 'very high sales', note: undefined });
    const [, other] = (
      await profileClusters(tableOf({ sales: far.slice(0, 59) }), ofLast.slice(1), { clusters: 2 })
    ).clusters;
    expect(other).toMatchObject({
      name: 'Cluster 1',
      note: 'One row is too few to tell what sets this cluster apart from chance.',
    });
  });

  it('does not call six rows random', async () => {
    const table = tableOf({ a: [1, 1, 1, 2, 2, 2], b: ['x', 'x', 'x', 'y', 'y', 'y'] });
    const { separation, clusters } = await profileClusters(table, [0, 0, 0, 1, 1, 1], { clusters: 2 });
    expect(separation.summary).toBe(
      'There are too few rows to tell differences of the clusters from chance.',
    );
    expect(clusters[0].note).toContain('3 rows are too few');
  });

  it('says when random groups would differ as much', async () => {
    const random = new Random(4);
    const noise = tableOf({
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, j) => [
          `x${j}`,
          Float64Array.from({ length: 500 }, () => random.normal()),
        ]),
      ),
      kind: Array.from({ length: 500 }, () => 'abcdefghij'[random.integer(10)]),
      rare: Array.from({ length: 500 }, (_, i) => (i % 200 === 0 ? 'yes' : 'no')),
      text: Array.from({ length: 500 }, () =>
        Array.from({ length: 6 }, () => `w${random.integer(300)}`).join(' '),
      ),
    });
    const drawn = Array.from({ length: 500 }, (_, i) => (i < 4 ? 5 : random.integer(5)));
    const { clusters, separation } = await profileClusters(noise, drawn, { clusters: 6 });
    expect(clusters.flatMap(({ traits }) => traits)).toEqual([]);
    expect(clusters[5]).toMatchObject({
      name: 'Cluster 5: average',
      note: 'No column sets this cluster apart: a random group of 4 rows would differ as much.',
    });
    expect(separation).toMatchObject({ verdict: 'unknown', clustersWithTraits: 0 });
    expect(separation.summary).toBe(
      'No column tells the clusters apart: random groups of the same sizes would differ as much.',
    );
  });

  it('finds typical and borderline rows', async () => {
    const distances = labels.map((_, i) => ((i * 37) % 61) / 10);
    const byDistance = (label: number, sign: number) =>
      labels
        .flatMap((own, row) => (own === label ? [row] : []))
        .sort((a, b) => sign * (distances[a] - distances[b]) || a - b)
        .slice(0, 5);
    const [first, second] = (await profileClusters(fish, labels, { clusters: 2, distances })).clusters;
    expect(first).toMatchObject({ typical: byDistance(0, 1), borderline: byDistance(0, -1) });
    expect(second).toMatchObject({ typical: byDistance(1, 1), borderline: byDistance(1, -1) });
    const margins = labels.map((_, i) => (i === 12 ? 0.1 : i === 14 ? NaN : 0.5 + i));
    const [card] = (await profileClusters(fish, labels, { clusters: 2, margins })).clusters;
    expect(card).toMatchObject({ typical: [], borderline: [12, 0, 2, 4, 6] });
  });

  it('has a cluster for each number, however few rows there are', async () => {
    const one = await profileClusters(tableOf({ a: [1], b: ['x'] }), [0], { clusters: 1 });
    expect(one.clusters[0]).toMatchObject({
      name: 'Cluster 0',
      note: 'All rows are in this cluster, so there is nothing to compare it with.',
    });
    expect(one.separation.summary).toBe('There is one cluster, and nothing to compare it with.');
    const three = await profileClusters(fish, labels, { clusters: 3 });
    expect(three.clusters[2]).toMatchObject({ size: 0, share: 0, name: 'Cluster 2: empty', traits: [] });
    expect(three.clusters[2].note).toBe('No row is in this cluster.');
    const all = await profileClusters(tableOf({ a: [1, 2, 3] }), [-1, -1, -1], { clusters: 1 });
    expect(all).toMatchObject({ withoutCluster: 3, separation: { clustersWithTraits: 0 } });
  });

  it('does not describe vectors', async () => {
    const { clusters, separation } = await profileClusters(fish, labels, { clusters: 2, columns: [5] });
    expect(clusters.map(({ name, note }) => [name, note])).toEqual([
      ['Cluster 0', undefined],
      ['Cluster 1', undefined],
    ]);
    expect(separation.summary).toBe('The table has no column that describes the clusters.');
  });

  it('compares one cluster with the rows in none', async () => {
    const known = labels.map((label) => (label === 1 ? 0 : NO_CLUSTER));
    const { separation, clusters } = await profileClusters(fish, known, { clusters: 1 });
    expect(clusters[0].name).toBe('sea: north, very high length');
    expect(separation.summary).toBe(
      'The cluster differs from the rows in no cluster in at least one column.',
    );
  });

  it('tells what is missing in a cluster, and nothing of a column without values', async () => {
    const table = tableOf({
      nothing: new Float64Array(60).fill(NaN),
      depth: Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? NaN : 3)),
    });
    const halves = Array.from({ length: 60 }, (_, i) => i % 2);
    const { clusters, columns } = await profileClusters(table, halves, { clusters: 2 });
    expect(columns[0]).toMatchObject({ missing: 60, describedAs: 'number' });
    expect(columns[0]).not.toHaveProperty('median');
    expect(clusters[0].traits).toEqual([
      { kind: 'missing', column: 1, name: 'depth', effect: 2, share: 1, overall: 0.5, others: 0, lift: 2 },
    ]);
    expect(clusters[0].name).toBe('no depth');
  });

  it('takes hostile names and texts as they are', async () => {
    const sides = Array.from({ length: 80 }, (_, i) => i % 2);
    const table = tableOf([
      ...sides.map(
        (side) => JSON.parse(`{"__proto__": "${side === 0 ? 'constructor' : 'toString'}"}`) as object,
      ),
    ]);
    const words = tableOf({
      '<b>': sides.map((side, i) => `${side === 0 ? '__proto__' : 'hasOwnProperty'} n${i}`),
    });
    const byLevel = await profileClusters(table, sides, { clusters: 2 });
    expect(byLevel.clusters.map(({ name }) => name)).toEqual(['proto: constructor', 'proto: toString']);
    expect(byLevel.clusters[0].traits[0].name).toBe('__proto__');
    const byWord = await profileClusters(words, sides, { clusters: 2 });
    expect(byWord.clusters.map(({ name }) => name)).toEqual(['"proto"', '"hasownprope…"']);
  });

  it('takes many clusters', async () => {
    const many = Uint32Array.from({ length: 40_000 }, (_, i) => i % 10_000);
    const table = tableOf({
      x: Float64Array.from(many, (label) => label),
      y: Array.from(many, (label) => `y${label % 7}`),
    });
    const { clusters } = await profileClusters(table, many, { clusters: 10_000 });
    expect(clusters).toHaveLength(10_000);
    expect(new Set(clusters.map(({ name }) => name)).size).toBe(10_000);
  });

  it('is plain data, the same for a seed', async () => {
    const one = await profileClusters(fish, labels, { clusters: 2, seed: 1 });
    const two = await profileClusters(fish, labels, { clusters: 2, seed: 1 });
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expect(profileText(JSON.parse(JSON.stringify(one)) as typeof one)).toBe(profileText(one));
  });

  it('names what it cannot use', async () => {
    const wrong = [
      profileClusters(fish, labels.slice(1), { clusters: 2 }),
      profileClusters(fish, labels, { clusters: 2, distances: [1] }),
      profileClusters(fish, labels, { clusters: 2, margins: [1] }),
    ];
    for (const promise of wrong) await expect(promise).rejects.toThrow(ShapeError);
    await expect(profileClusters(fish, labels, { clusters: 1 })).rejects.toThrow(/row 2 has 1\./);
    await expect(profileClusters(fish, labels, { clusters: 0 })).rejects.toThrow(InvalidArgumentError);
    await expect(profileClusters(fish, labels, { clusters: 2, columns: [6] })).rejects.toThrow(
      /from 0 to 5; got 6/,
    );
  });

  it('reports progress, and stops when told', async () => {
    const control = new AbortController();
    const done: number[] = [];
    const stopped = profileClusters(fish, labels, {
      clusters: 2,
      signal: control.signal,
      onProgress: ({ completed, total }) => {
        expect(total).toBe(6);
        done.push(completed);
        if (completed === 2) control.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(done).toEqual([1, 2]);
  });
});
