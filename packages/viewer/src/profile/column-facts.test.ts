import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { columnFacts, largestFacts } from './column-facts.ts';

const table = tableOf({
  mass: [1, 3, 5, 7, null],
  sex: ['f', 'f', 'm', null, 'm'],
  name: ['a', 'b', 'c', 'd', 'e'],
  alive: [true, true, false, false, true],
  constant: [4, 4, 4, 4, 4],
});
const labels = [0, 0, 1, 1, 9];

async function facts(): ReturnType<typeof Promise.resolve<ReturnType<typeof columnFacts>>> {
  const data = await buildClustering({
    labels,
    clusters: 2,
    table,
    positions: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4],
  });
  return columnFacts(data, { labels: data.labels, groups: 2 });
}

describe('columnFacts', () => {
  it('compares means with those of all other points, in standard deviations', async () => {
    const [mass] = await facts();
    // Mean 4 and variance 5 of the four values.
    expect(mass[0]).toMatchObject({ title: 'mass', kind: 'number', own: 2, others: 6, low: 2, high: 6 });
    expect(mass[0].effect).toBeCloseTo(-4 / Math.sqrt(5), 12);
    expect(mass[1].effect).toBeCloseTo(4 / Math.sqrt(5), 12);
  });

  it('compares the share of the most distinctive level, without missing values', async () => {
    const [, sex] = await facts();
    expect(sex[0]).toMatchObject({ kind: 'share', level: 'f', own: 1, others: 0, effect: 2 });
    expect(sex[1]).toMatchObject({ level: 'm', own: 1 });
    expect(sex[1].others).toBeCloseTo(1 / 3, 12);
  });

  it('leaves out what does not differ, and has the largest differences first', async () => {
    const all = await facts();
    expect(largestFacts(all, 0).map(({ title }) => title)).toEqual(['sex', 'mass', 'alive', 'name']);
    expect(all.at(-1)?.[0]).toMatchObject({ title: 'constant', effect: 0 });
  });

  it('reads the columns of points where there is no table', async () => {
    const data = await buildClustering({
      labels: [0, 1],
      points: [
        [1e9, 2],
        [1e9 + 1, 2],
      ],
      columnNames: ['x', 'y'],
    });
    const [x, y] = columnFacts(data, { labels: data.labels, groups: 2 });
    expect(x[0]).toMatchObject({ title: 'x', own: 1e9, others: 1e9 + 1, effect: -2 });
    expect(y[0].effect).toBe(0);
  });

  it('has no effect for a group without points', async () => {
    const data = await buildClustering({ labels: [0, 0], clusters: 2, points: [[1], [2]] });
    expect(columnFacts(data, { labels: data.labels, groups: 2 })[0][1]).toMatchObject({
      own: NaN,
      effect: 0,
    });
  });
});
