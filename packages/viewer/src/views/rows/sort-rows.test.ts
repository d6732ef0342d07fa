import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../../data/build-clustering.ts';
import { rowColumns } from './row-columns.ts';
import { sortPoints } from './sort-rows.ts';
import { visibleRows } from './visible-rows.ts';

const table = tableOf({
  mass: [3, null, 1, 3.123456789],
  name: ['item 10', 'item 9', null, 'apple'],
  alive: [true, false, null, false],
  '': [new Date(0), null, new Date(5), new Date(-1)],
  mass2: [1, 2, 3, 4],
});
const data = await buildClustering({
  labels: [1, 0, 7, 1],
  clusters: 2,
  clusterNames: ['Gentoo', undefined],
  classes: { labels: ['x', 'y', 'x', 'z'] },
  table,
});
const columns = rowColumns(data);
const all = Uint32Array.of(0, 1, 2, 3);

describe('the columns of the table of rows', () => {
  it('have titles and texts', () => {
    expect(columns.map(({ title }) => title)).toEqual([
      ...['Row', 'Cluster', 'Class', 'mass', 'name', 'alive', 'Column 4', 'mass2'],
    ]);
    expect(columns.map(({ text }) => text(1))).toEqual([
      ...['1', '0: Gentoo', 'y', '–', 'item 9', 'false', '–', '2'],
    ]);
    expect(columns.map(({ text }) => text(2))).toEqual([
      ...['2', 'No cluster', 'x', '1', '–', '–', '1970-01-01 00:00:00.005', '3'],
    ]);
    expect(columns[3].text(3)).toBe('3.12346');
  });

  it.each([
    ['mass', [2, 0, 3, 1], [3, 0, 2, 1]],
    ['name', [3, 1, 0, 2], [0, 1, 3, 2]],
    ['alive', [1, 3, 0, 2], [0, 1, 3, 2]],
    ['Column 4', [3, 0, 2, 1], [2, 0, 3, 1]],
    ['Cluster', [1, 0, 3, 2], [0, 3, 1, 2]],
    ['Class', [0, 2, 1, 3], [3, 1, 0, 2]],
    ['Row', [0, 1, 2, 3], [3, 2, 1, 0]],
  ])('sort points by %s, missing ones last', (title, ascending, descending) => {
    const key = columns.find((column) => column.title === title)!.makeKey();
    expect([...sortPoints(all, key, false)]).toEqual(ascending);
    expect([...sortPoints(all, key, true)]).toEqual(descending);
  });
});

describe('visibleRows', () => {
  it('are those in view and a few around them', () => {
    expect(visibleRows(0, 280, 1000)).toEqual({ start: 0, end: 18 });
    expect(visibleRows(2800, 280, 1000)).toEqual({ start: 92, end: 118 });
    expect(visibleRows(28_000, 280, 1000)).toEqual({ start: 992, end: 1000 });
    expect(visibleRows(9000, 280, 3)).toEqual({ start: 2, end: 3 });
    expect(visibleRows(0, 280, 0)).toEqual({ start: 0, end: 0 });
  });
});
