import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { stability } from './stability.ts';

describe('stability', () => {
  it('is the adjusted Rand index of each pair, and its mean for each run and for all', () => {
    const a = [0, 0, 1, 1];
    const b = [1, 1, 0, 0];
    const c = [0, 0, 1, 2];
    // Of scikit-learn: adjusted_rand_score([0, 0, 1, 1], [0, 0, 1, 2]) = 0.5714...
    const index = 4 / 7;
    const { agreement, perRun, mean, deviation } = stability([a, b, c]);
    expect(agreement.map((row) => [...row])).toEqual([
      [1, 1, expect.closeTo(index, 12)],
      [1, 1, expect.closeTo(index, 12)],
      [expect.closeTo(index, 12), expect.closeTo(index, 12), 1],
    ]);
    expect([...perRun]).toEqual(
      [(1 + index) / 2, (1 + index) / 2, index].map((value) => expect.closeTo(value, 12) as number),
    );
    expect(mean).toBeCloseTo((1 + 2 * index) / 3, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(2 / 9) * (1 - index), 12);
  });

  it('compares at least two partitions, of the same points', () => {
    expect(() => stability([[0, 1]])).toThrow(InvalidArgumentError);
    expect(() => stability([[0, 1], [0]])).toThrow(ShapeError);
  });
});
