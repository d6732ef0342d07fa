import { createReferenceEngine, matrix, Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { findNearest } from './nearest.ts';

const engine = createReferenceEngine();
const ROWS = 4200;
/** More points of a line than are searched at once, in mixed order. */
const places = new Random(2).distinct(ROWS, ROWS);
const line = matrix(Float32Array.from(places), ROWS, 1);

it('finds neighbors of all rows, some rows at a time', async () => {
  const told: number[] = [];
  const { indices, distances } = await findNearest(line, undefined, {
    engine,
    neighbors: 2,
    onProgress: ({ phase, completed, total }) => {
      told.push(completed);
      expect([phase, total]).toEqual(['neighbors', ROWS]);
    },
  });
  expect(told).toEqual([4096, ROWS]);
  const wrong = [];
  for (let i = 0; i < ROWS; i++) {
    const found = [places[indices[2 * i]], places[indices[2 * i + 1]]].sort((a, b) => a - b);
    const place = places[i];
    const first = place === 0 ? 1 : place === ROWS - 1 ? ROWS - 3 : place - 1;
    const second = place === 0 ? 2 : place === ROWS - 1 ? ROWS - 2 : place + 1;
    if (found[0] !== first || found[1] !== second || distances[2 * i] !== 1) wrong.push(i);
  }
  expect(wrong).toEqual([]);
});

it('finds neighbors of other points, which may be at distance 0', async () => {
  const queries = matrix(Float32Array.of(7, 100.25), 2, 1);
  const { indices, distances } = await findNearest(line, queries, { engine, neighbors: 1 });
  expect([...indices].map((row) => places[row])).toEqual([7, 100]);
  expect([...distances]).toEqual([0, 0.25]);
});

it('stops when it is aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(findNearest(line, undefined, { engine, neighbors: 2, signal })).rejects.toThrow('enough');
});
