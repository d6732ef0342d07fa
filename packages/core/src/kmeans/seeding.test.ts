import { describe, expect, it } from 'vitest';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { blobs } from '../testing/datasets.ts';
import { defaultTrials, seedGreedily } from './seeding.ts';

async function withSession<T>(
  points: Matrix,
  clusters: number,
  weights: Float32Array | undefined,
  use: (session: KMeansSession) => Promise<T>,
): Promise<T> {
  const session = await createReferenceEngine().createKMeans(points, { clusters, weights });
  try {
    return await use(session);
  } finally {
    session.destroy();
  }
}

describe('defaultTrials', () => {
  it.each([
    [1, 2],
    [2, 2],
    [3, 3],
    [10, 4],
    [1000, 8],
  ])('of %i clusters are %i', (clusters, trials) => {
    expect(defaultTrials(clusters)).toBe(trials);
  });
});

describe('seedGreedily', () => {
  const { points, classes } = blobs(90, 2, 6, 17, 0.2);

  it.each([1, 4])('chooses one row per well separated cluster with %i trials or more', async (trials) => {
    // Plain k-means++ may miss a cluster; greedy trials make that rare.
    const covered: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const seeds = await withSession(points, 6, undefined, (session) =>
        seedGreedily(session, trials, new Random(seed), {}),
      );
      expect(new Set(seeds).size).toBe(6);
      expect(seeds.every((row) => row < 90)).toBe(true);
      covered.push(new Set(Array.from(seeds, (row) => classes[row])).size);
    }
    expect(covered.filter((count) => count === 6).length).toBeGreaterThanOrEqual(trials === 1 ? 10 : 18);
  });

  it('gives different rows even when all points are equal', async () => {
    const same = matrixFromRows(Array.from({ length: 5 }, () => [3]));
    const weights = Float32Array.of(1, 0, 1, 1, 1);
    const seeds = await withSession(same, 4, weights, (session) =>
      seedGreedily(session, 2, new Random(0), { weights }),
    );
    expect(Array.from(seeds).sort()).toEqual([0, 2, 3, 4]);
  });

  it('draws the first seed by weight', async () => {
    const weights = Float32Array.from({ length: 90 }, (_, i) => (i === 42 ? 1e6 : 1e-6));
    for (let seed = 0; seed < 5; seed++) {
      const seeds = await withSession(points, 2, weights, (session) =>
        seedGreedily(session, 2, new Random(seed), { weights }),
      );
      expect(seeds[0]).toBe(42);
    }
  });

  it('stops when it is aborted', async () => {
    const seeding = withSession(points, 6, undefined, (session) =>
      seedGreedily(session, 2, new Random(0), { signal: AbortSignal.abort(new Error('enough')) }),
    );
    await expect(seeding).rejects.toThrow('enough');
  });
});
