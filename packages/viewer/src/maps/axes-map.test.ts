import { tableOf } from '@shoal/tables';
import { expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { sizingOf } from '../sizes/sizing-of.ts';
import { ViewerState } from '../state/viewer-state.ts';
import { columnOf } from '../interaction/named-columns.ts';
import { axesMap } from './axes-map.ts';

const data = await buildClustering({
  table: tableOf({ year: [2000, 2005, 2010, null], price: [10, 1000, 505, 3], name: ['a', 'b', 'c', 'd'] }),
  positions: [0, 0, 4, 0, 4, 4, 0, 4],
  labels: [0, 0, 1, 1],
});

it('stretches two columns to the same width, with round values along them', () => {
  const { positions, projection, scales } = axesMap(data, { x: 'column:year', y: 'column:price' })!;
  expect([...positions]).toEqual([0, expect.closeTo(0.00702), 0.5, 1, 1, expect.closeTo(0.50351), NaN, 0]);
  expect(projection).toBe('year across, price up');
  expect(scales![0].ticks(2000, 2010).map(({ text }) => text)).toEqual([
    '2000',
    '2002',
    '2004',
    '2006',
    '2008',
    '2010',
  ]);
  expect(axesMap(data, { x: 'column:year', y: 'column:name' })).toBeUndefined();
});

it('keeps the selection, and gives back the map that came with the data', () => {
  const state = new ViewerState();
  state.setData(data);
  state.select([1]);
  state.setMap(
    { x: 'column:year', y: 'column:price' },
    axesMap(data, { x: 'column:year', y: 'column:price' }),
  );
  // Clusters are at the means of their points that have a place.
  expect([...state.data!.model!.centroids]).toEqual([
    0.25,
    expect.closeTo(0.50351),
    1,
    expect.closeTo(0.50351),
  ]);
  state.rename(0, 'Old');
  expect(state.data!.model!.centroids[0]).toBe(0.25);
  expect([...state.selection.points]).toEqual([1]);
  state.setMap('own');
  expect(state.data!.positions).toBe(data.positions);
  expect(state.data!.model).toBe(data.model);
  expect(state.data!.clusterNames).toEqual(['Old', undefined]);
  state.undoName();
  expect(state.data!.clusterNames).toEqual([undefined, undefined]);
});

it('makes areas grow with values, missing ones least', () => {
  const sizing = sizingOf(columnOf(data, 'column:year')!, 4)!;
  expect([...sizing.bytes]).toEqual([32, 115, 160, 32]);
  expect(sizing).toMatchObject({ low: 2000, high: 2010, without: 1 });
  expect(sizingOf(columnOf(data, 'column:name')!, 4)).toBeUndefined();
});
