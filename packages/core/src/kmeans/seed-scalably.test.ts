import { describe, expect, it, vi } from 'vitest';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { matrixFromRows, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { blobs, sampleWeights } from '../testing/datasets.ts';
import { KMeans } from './kmeans.ts';
import { seedScalably, type ScalableSeedingOptions } from './seed-scalably.ts';
import type { KMeansOptions } from './types.ts';

const engine = createReferenceEngine();

interface SeedingCase {
  readonly points: Matrix;
  readonly clusters: number;
  readonly seed?: number;
  readonly options?: Partial<ScalableSeedingOptions>;
  /** Called with the session before it is used. */
  readonly watch?: (session: KMeansSession) => void;
}

/** The K x D seeds, with `KMeans`'s defaults. */
async function seed({
  points,
  clusters,
  seed = 0,
  options,
  watch,
}: SeedingCase): Promise<Float32Array | Float64Array> {
  const { weights, unitCentroids = false } = options ?? {};
  const session = await engine.createKMeans(points, { clusters, weights, unitCentroids });
  try {
    watch?.(session);
    const defaults = { rounds: 5, oversampling: 2, trials: 2, unitCentroids };
    return await seedScalably(session, engine, new Random(seed), { ...defaults, ...options });
  } finally {
    session.destroy();
  }
}

const sorted = (values: Iterable<number>): number[] => Array.from(values).sort((a, b) => a - b);

describe('seedScalably', () => {
  it('passes over the points once per round, for oversampling x K draws at most', async () => {
    const { points } = blobs(500, 3, 9, 4, 2);
    const added: Uint32Array[] = [];
    const candidates: number[] = [];
    await seed({
      points,
      clusters: 9,
      options: { rounds: 4, oversampling: 1.5, onRound: (_, count) => candidates.push(count) },
      watch(session) {
        const addSeeds = session.addSeeds.bind(session);
        vi.spyOn(session, 'addSeeds').mockImplementation((rows) => {
          added.push(rows);
          return addSeeds(rows);
        });
      },
    });
    expect(added.map((rows) => rows.length <= 14)).toEqual([true, true, true, true, true]);
    expect(added[0]).toHaveLength(1);
    const all = added.flatMap((rows) => Array.from(rows));
    expect(new Set(all).size).toBe(all.length);
    expect(candidates[3]).toBe(all.length);
  });

  it('finds every one of many well separated clusters', async () => {
    const { points } = blobs(600, 2, 6, 17, 0.2);
    const exact = (await new KMeans({ clusters: 6, nInit: 20 }).fit(points)).inertia;
    let found = 0;
    for (let random = 0; random < 20; random++) {
      const centroids = await seed({ points, clusters: 6, seed: random });
      const session = await engine.createKMeans(points, { clusters: 6 });
      await session.writeCentroids(centroids);
      if ((await session.assign()).inertia < 1.2 * exact) found++;
    }
    expect(found).toBeGreaterThanOrEqual(18);
  });

  it('gives the points themselves when there are as many clusters', async () => {
    const points = matrixFromRows([[4], [-1], [7], [7.5], [0]]);
    for (const oversampling of [1e-3, 2, 1e6]) {
      const seeds = await seed({ points, clusters: 5, options: { oversampling, rounds: 1 } });
      expect(sorted(seeds)).toEqual([-1, 0, 4, 7, 7.5]);
    }
  });

  it('gives the weighted mean of one cluster, up to its candidates', async () => {
    const points = matrixFromRows([[0], [3]]);
    const weights = Float32Array.of(1, 2);
    expect(Array.from(await seed({ points, clusters: 1, options: { weights } }))).toEqual([2]);
  });

  it('finds all distinct points, however rare, when there are fewer than clusters', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i === 500 ? 2 : i === 501 ? 100 : i % 2));
    const points = matrixFromRows(values.map((value) => [value]));
    for (const rounds of [1, 5]) {
      const seeds = await seed({ points, clusters: 6, options: { rounds, oversampling: 0.1 } });
      expect(seeds).toHaveLength(6);
      expect(sorted(new Set(seeds))).toEqual([0, 1, 2, 100]);
    }
  });

  it('gives different rows of equal points, and never one without weight', async () => {
    const points = matrixFromRows([[3], [3], [9], [3], [3]]);
    const weights = Float32Array.of(1, 1, 0, 1, 1);
    const seeds = await seed({ points, clusters: 4, options: { weights } });
    expect(Array.from(seeds)).toEqual([3, 3, 3, 3]);
  });

  it('gives unit vectors for unit centroids', async () => {
    const { points: around } = blobs(300, 3, 5, 8, 1);
    const unit = matrixFromRows(
      Array.from({ length: 300 }, (_, i) => {
        const row = Array.from(around.data.subarray(3 * i, 3 * i + 3));
        return row.map((value) => value / Math.hypot(...row));
      }),
    );
    const seeds = await seed({ points: unit, clusters: 5, options: { unitCentroids: true } });
    for (let k = 0; k < 5; k++) {
      expect(Math.hypot(...seeds.subarray(3 * k, 3 * k + 3))).toBeCloseTo(1, 12);
    }
  });

  it('repeats itself for a seed, and differs by seed', async () => {
    const { points } = blobs(400, 3, 7, 2, 3);
    const [one, two, other] = [
      await seed({ points, clusters: 20, seed: 5 }),
      await seed({ points, clusters: 20, seed: 5 }),
      await seed({ points, clusters: 20, seed: 6 }),
    ];
    expect(two).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('stops when it is aborted between two rounds', async () => {
    const controller = new AbortController();
    const seeding = seed({
      points: blobs(400, 3, 7, 2, 3).points,
      clusters: 7,
      options: {
        signal: controller.signal,
        onRound: (round) => {
          if (round === 2) controller.abort(new Error('enough'));
          expect(round).toBeLessThan(3);
        },
      },
    });
    await expect(seeding).rejects.toThrow('enough');
  });
});

describe('k-means|| beside greedy k-means++', () => {
  /** Mean inertia of ten fits. */
  async function meanInertia(
    points: Matrix,
    options: KMeansOptions,
    weights?: Float32Array,
  ): Promise<number> {
    let sum = 0;
    for (let random = 0; random < 10; random++) {
      sum += (await new KMeans({ ...options, seed: random }).fit(points, { weights })).inertia;
    }
    return sum / 10;
  }

  it.each([
    ['points', undefined],
    ['weighted points', sampleWeights(1500, 3)],
  ])('ends within 3 %% of its inertia, far below that of random starts: %s', async (_, weights) => {
    const { points } = blobs(1500, 3, 30, 1, 0.5);
    const greedy = await meanInertia(points, { clusters: 30 }, weights);
    const scalable = await meanInertia(points, { clusters: 30, init: 'k-means||' }, weights);
    const random = await meanInertia(points, { clusters: 30, init: 'random', nInit: 1 }, weights);
    expect(scalable).toBeLessThan(1.03 * greedy);
    expect(scalable).toBeLessThan(0.7 * random);
  });
});
