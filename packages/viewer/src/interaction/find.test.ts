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
});
