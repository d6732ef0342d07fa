import { expect, test } from 'vitest';
import { DisjointSets } from './disjoint-sets.ts';

test('sets are joined, counted and numbered by their lowest members', () => {
  const sets = new DisjointSets(7);
  expect([...sets.labels()]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(sets.join(6, 2)).toBe(true);
  expect(sets.join(5, 6)).toBe(true);
  expect(sets.join(2, 5)).toBe(false);
  expect(sets.join(4, 1)).toBe(true);
  expect(sets.count).toBe(4);
  expect(sets.rootOf(5)).toBe(2);
  expect([...sets.labels()]).toEqual([0, 1, 2, 3, 1, 2, 2]);
});
