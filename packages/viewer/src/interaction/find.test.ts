import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { find } from './find.ts';

const data = await buildClustering({
  points: [[0], [1], [2], [3], [4], [5]],
  labels: [0, 1, 1, 9, 0, 1],
  clusters: 2,
  classes: { labels: ['7', 'Ankle boot', 'Boot', '7', 'Bag', 'bag'] },
});

const points = (query: string): number[] => [...find(query, data).points];

const table = tableOf({
  mass: [10, 20, 30, 40, null, 60],
  owner: ['Ada Smith', 'Bo', null, 'smithy', 'Cy', 'Bo'],
});
const withTable = await buildClustering({
  table,
  positions: [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0],
  labels: [0, 0, 0, 1, 1, 1],
  clusterNames: ['Bots', 'Others'],
});

describe('find', () => {
  it.each([
    ['#3', [3]],
    ['row 3', [3]],
    ['  Row #3 ', [3]],
    ['3', [3]],
    ['cluster 1', [1, 2, 5]],
    ['Cluster #0', [0, 4]],
    ['no cluster', [3]],
    // Where a class is called 7, "#7" asks for the row.
    ['7', [0, 3]],
    ['#7', []],
    ['BOOT', [2]],
    ['boo', [1, 2]],
    ['bag', [4, 5]],
  ])('%j finds %j', (query, expected) => {
    expect(points(query)).toEqual(expected);
  });

  it.each([
    ['', 'Type a row'],
    ['   ', 'Type a row'],
    ['cluster 2', 'There is no cluster 2: there are 2 clusters'],
    ['#6', 'There is no row 6: there are 6 rows'],
    ['.*', 'Nothing is called “.*”'],
    ['9999999999999999999', 'Nothing is called'],
  ])('%j says why nothing was found', (query, message) => {
    expect(points(query)).toEqual([]);
    expect(find(query, data).message).toContain(message);
  });

  it('distinguishes rows that a sample left out', () => {
    const sampled = { ...data, rows: Uint32Array.of(0, 10, 20, 30, 40, 50), total: 60 };
    expect([...find('#30', sampled).points]).toEqual([3]);
    expect(find('#31', sampled).message).toBe('Row 31 is not among the points shown.');
    expect(find('#60', sampled).message).toContain('There is no row 60');
  });

  it.each([
    ['smith', [0, 3]],
    ['BO', [0, 1, 2, 5]],
    ['owner: smith', [0, 3]],
    ['owner = bo', [1, 5]],
    ['Mass > 30', [3, 5]],
    ['mass<=20', [0, 1]],
    ['mass = 40', [3]],
  ])('%j finds %j in texts and columns', (query, expected) => {
    expect([...find(query, withTable).points]).toEqual(expected);
  });

  it('says where texts were found, and what cannot be compared', () => {
    expect(find('bo', withTable).message).toBe(
      '4 points with “bo” (3 in names of clusters, 2 in owner) found.',
    );
    expect(find('owner > 3', withTable).message).toContain('compares numbers and dates');
  });
});
