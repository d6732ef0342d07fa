import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import { Random } from '../random.ts';
import { consensus, CONSENSUS_METHODS } from './consensus.ts';

const POINTS = 400;
const truth = Uint32Array.from({ length: POINTS }, (_, i) => i % 4);

/** The truth with other names, and a quarter of it drawn at random. */
function noisy(seed: number): Uint32Array {
  const random = new Random(seed);
  const names = random.distinct(4, 4);
  return truth.map((label) => (random.uniform() < 0.25 ? random.integer(4) : names[label]));
}

describe.each(CONSENSUS_METHODS)('consensus by %s', (method) => {
  it('is closer to the truth than each of its partitions', async () => {
    const partitions = Array.from({ length: 9 }, (_, seed) => noisy(seed));
    const { labels, support } = await consensus(partitions, { clusters: 4, method });
    const best = Math.max(...partitions.map((labels) => adjustedRandIndex(truth, labels)));
    expect(best).toBeLessThan(0.75);
    expect(adjustedRandIndex(truth, labels)).toBeGreaterThan(0.95);
    expect(Math.min(...support)).toBeGreaterThan(0);
    expect(support.reduce((sum, value) => sum + value, 0) / POINTS).toBeCloseTo(0.81, 1);
  });

  it('is the same for the same partitions', async () => {
    const partitions = [noisy(1), noisy(2), noisy(3)];
    const once = await consensus(partitions, { clusters: 4, method, seed: 3 });
    expect(await consensus(partitions, { clusters: 4, method, seed: 3 })).toEqual(once);
  });

  it('takes partitions of fewer and of more clusters, and labels of any kind', async () => {
    const names = Array.from(truth, (label) => 'abcd'[label]);
    const merged = truth.map((label) => Math.min(label, 2));
    const split = truth.map((label, i) => label + (i < 100 ? 4 : 0));
    const { labels } = await consensus([names, merged, split, truth], { clusters: 4, method });
    expect(adjustedRandIndex(truth, labels)).toBe(1);
    expect(Math.max(...labels)).toBeLessThan(4);
  });

  it('has no more clusters than the partitions can separate', async () => {
    const halves = truth.map((label) => label % 2);
    const { labels, support } = await consensus([halves, halves], { clusters: 4, method });
    expect(adjustedRandIndex(halves, labels)).toBe(1);
    expect(new Set(support)).toEqual(new Set([1]));
  });

  it('refuses what is not a set of partitions, and stops when it is aborted', async () => {
    await expect(consensus([truth], { clusters: 4, method })).rejects.toThrow(InvalidArgumentError);
    await expect(consensus([truth, [0]], { clusters: 4, method })).rejects.toThrow(ShapeError);
    for (const clusters of [0, 1.5, NaN, POINTS + 1, 1e12]) {
      await expect(consensus([truth, truth], { clusters, method })).rejects.toThrow(InvalidArgumentError);
    }
    await expect(consensus([[], []], { clusters: 1, method })).rejects.toThrow(/at least as many points/);
    const unlabeled = Array.from(truth, () => NaN);
    await expect(consensus([truth, unlabeled], { clusters: 4, method })).rejects.toThrow(
      /partition 1\[0\] is NaN/,
    );
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(consensus([truth, truth], { clusters: 4, method, signal })).rejects.toThrow('enough');
  });
});

it('refuses another method', async () => {
  const method = 'loudest' as 'voting';
  await expect(consensus([truth, truth], { clusters: 4, method })).rejects.toThrow(/voting, memberships/);
});

it('starts the vote from a partition with enough clusters, if there is one', async () => {
  const halves = truth.map((label) => label % 2);
  const { labels } = await consensus([halves, halves, truth, truth], { clusters: 4 });
  expect(adjustedRandIndex(truth, labels)).toBe(1);
});

it('can be stopped while it votes', async () => {
  const many = Array.from({ length: 30 }, (_, seed) =>
    Uint32Array.from({ length: 40_000 }, (_, i) => (i * (seed + 1)) % 7),
  );
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 0);
  const voting = consensus(many, { clusters: 7, signal: controller.signal });
  await expect(voting).rejects.toThrow('enough');
});
