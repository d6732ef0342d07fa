import { expect, it } from 'vitest';
import { buildClustering } from '../data/build-clustering.ts';
import { readHash, writeHash } from './hash-state.ts';

const data = {
  ...(await buildClustering({ labels: [0, 1, 2, 0] })),
  rows: Uint32Array.of(10, 20, 30, 40),
  total: 50,
};

it('is the same after a round trip through the address', () => {
  const state = {
    view: 'confusion',
    color: 'class',
    cluster: 2,
    camera: { x: -1.25, y: 3e-9, scale: 40 },
    selection: [1, 3],
  };
  const hash = writeHash('', 'a b', state, data);
  expect(hash).toBe(
    'a%20b.view=confusion&a%20b.color=class&a%20b.cluster=2&a%20b.camera=-1.25,3e-9,40&a%20b.selection=20,40',
  );
  expect(readHash(`#${hash}`, 'a b', data)).toEqual(state);
});

it('keeps a column of any name, and ignores one that is not encoded right', () => {
  const color = 'column:Mass & more=100%, #é';
  expect(readHash(writeHash('', 'a', { color }, data), 'a', data)).toMatchObject({ color });
  expect(readHash('a.color=%E0%A4%A', 'a', data)).toEqual({ selection: [] });
});

it('does not change other parts of the hash', () => {
  const hash = writeHash('#section&b.view=history&a.view=clusters', 'a', { view: 'history' }, data);
  expect(hash).toBe('section&b.view=history&a.view=history');
  expect(readHash(hash, 'c', data)).toEqual({ selection: [] });
});

it('leaves out a selection too large for an address', () => {
  expect(writeHash('', 'a', { selection: new Uint32Array(201) }, data)).toBe('');
});

it.each([
  'v.cluster=3',
  'v.cluster=-1',
  'v.cluster=1.5',
  'v.cluster=<img>',
  'v.camera=1,2',
  'v.camera=1,2,0',
  'v.camera=1,2,NaN',
  'v.camera=1,2,3,4',
  'v.selection=11,x,NaN,1e99',
  'v.=&v&=&&%',
])('ignores "%s"', (hash) => {
  expect(readHash(hash, 'v', data)).toEqual({ selection: [] });
});
