import { Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { mutualNeighbors } from './neighbors.ts';

it('finds the same as comparing every pair', () => {
  const random = new Random(5);
  const count = 150;
  const most = 6;
  const places = Float32Array.from({ length: 2 * count }, () => random.uniform());
  const distance = (i: number, j: number): number =>
    Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
  const all = Array.from({ length: count }, (_, i) => i);
  const nearest = all.map(
    (i) =>
      new Set(
        all
          .filter((j) => j !== i)
          .sort((a, b) => distance(i, a) - distance(i, b))
          .slice(0, most),
      ),
  );
  const expected = all.map((i) => all.filter((j) => nearest[i].has(j) || nearest[j].has(i)));
  expect(mutualNeighbors(places, most)).toEqual(expected);
});

it('leaves out places that are not finite', () => {
  expect(mutualNeighbors(Float32Array.of(0, 0, NaN, 1, 3, 0, Infinity, 0), 2)).toEqual([[2], [], [0], []]);
});

it('is fast for thousands of equal places', () => {
  expect(mutualNeighbors(new Float32Array(60_000), 8)).toHaveLength(30_000);
});
