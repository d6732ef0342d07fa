import { expect, it } from 'vitest';
import { Random } from './random.ts';

it.each([
  [5, 1_000_000],
  [5000, 6000],
])('draws %i different numbers below %i as Floyd does, however it keeps them', (count, bound) => {
  const [ours, same] = [new Random(3), new Random(3)];
  const expected = new Set<number>();
  for (let last = bound - count; last < bound; last++) {
    const candidate = same.integer(last + 1);
    expected.add(expected.has(candidate) ? last : candidate);
  }
  const drawn = ours.distinct(count, bound);
  expect([...drawn]).toEqual([...same.shuffle(Uint32Array.from(expected))]);
  expect(new Set(drawn).size).toBe(count);
});

it('draws every number when as many are asked for as there are', () => {
  expect([...new Random(1).distinct(7, 7)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(() => new Random(1).distinct(8, 7)).toThrow('Cannot draw 8 different numbers out of 7');
});
