import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { gatherRows, matrix, matrixFromRows, sliceRows } from '../matrix.ts';
import { blobs, sampleWeights } from '../testing/datasets.ts';
import { KMeans } from './kmeans.ts';
import { kmeansPlusPlus } from './kmeans-plus-plus.ts';

const { points, classes } = blobs(120, 3, 6, 4);

describe('random starts', () => {
  it('leave out points of almost no weight', async () => {
    const line = matrixFromRows([[1], [2], [5], [6], [100], [101]]);
    const weights = [1, 1, 1, 1, 1e-8, 1e-8];
    for (let seed = 0; seed < 20; seed++) {
      const options = { clusters: 2, init: 'random', nInit: 1, seed, maxIterations: 1 } as const;
      const model = await new KMeans(options).fit(line, { weights });
      expect(Math.max(...model.centroids.data)).toBeLessThan(6.1);
    }
  });
});

describe('kmeansPlusPlus', () => {
  it('gives rows and their indices, from which KMeans starts', async () => {
    const { centroids, indices } = await kmeansPlusPlus(points, 6, { seed: 3 });
    expect(centroids.data).toEqual(gatherRows(points, indices));
    expect(new Set(Array.from(indices, (row) => classes[row])).size).toBe(6);
    const from = await new KMeans({ clusters: 6, init: centroids }).fit(points);
    const own = await new KMeans({ clusters: 6, seed: 3 }).fit(points);
    expect(from.inertiaHistory).toEqual(own.inertiaHistory);
  });

  it('draws by weight, and refuses what KMeans refuses', async () => {
    const weights = sampleWeights(120, 2);
    const { indices } = await kmeansPlusPlus(points, 40, { weights });
    expect(indices.every((row) => weights[row] > 0)).toBe(true);
    await expect(kmeansPlusPlus(points, 121)).rejects.toThrow(InvalidArgumentError);
    await expect(kmeansPlusPlus(points, 0)).rejects.toThrow(InvalidArgumentError);
    await expect(kmeansPlusPlus(points, 2, { trials: 0 })).rejects.toThrow(InvalidArgumentError);
    await expect(kmeansPlusPlus(points, 2, { weights: [1] })).rejects.toThrow(ShapeError);
  });
});

describe('a function as the start', () => {
  it('is called for each start, with the points as they are clustered', async () => {
    const asked: number[] = [];
    const model = await new KMeans({
      clusters: 6,
      scaling: 'standardize',
      nInit: 3,
      init: async (scaled, clusters, random) => {
        asked.push(random.integer(1000));
        expect([scaled.rows, scaled.columns, scaled.location]).toEqual([120, 3, 'host']);
        return (await kmeansPlusPlus(scaled, clusters, { seed: random.seed() })).centroids;
      },
    }).fit(points);
    expect(new Set(asked).size).toBe(3);
    expect(model.inertia).toBeCloseTo(
      (await new KMeans({ clusters: 6, scaling: 'standardize', nInit: 3 }).fit(points)).inertia,
      8,
    );
  });

  it('must give centroids that fit', async () => {
    const fit = (init: () => never) => new KMeans({ clusters: 2, init, nInit: 1 }).fit(points);
    await expect(fit(() => sliceRows(points, 0, 3) as never)).rejects.toThrow(ShapeError);
    await expect(fit(() => matrixFromRows([[0], [1]]) as never)).rejects.toThrow(ShapeError);
    await expect(fit(() => matrixFromRows([[0, NaN, 1]]) as never)).rejects.toThrow(DataError);
    await expect(fit(() => [0, 1, 2] as never)).rejects.toThrow(InvalidArgumentError);
  });
});

describe('fewer given centroids than clusters', () => {
  it('come first, and seeds that are far from them follow', async () => {
    // Two groups are given; the others, at 50 and 90, have all of the potential.
    const line = matrixFromRows([[0], [1], [10], [11], [50], [51], [90], [91]]);
    const given = matrixFromRows([[0.5], [10.5]]);
    for (let seed = 0; seed < 5; seed++) {
      const model = await new KMeans({ clusters: 4, init: given, seed }).fit(line);
      const [a, b, ...rest] = Array.from(model.centroids.data);
      expect([a, b]).toEqual([0.5, 10.5]);
      expect(rest.sort((x, y) => x - y)).toEqual([50.5, 90.5]);
      expect(model.inertia).toBe(2);
    }
  });

  it('keep bytes, weights and unit length', async () => {
    const bytes = matrix(Uint8Array.of(0, 1, 100, 101, 200, 201), 6, 1, 0.1);
    const weights = [1, 1, 1, 1, 0, 0];
    const model = await new KMeans({ clusters: 2, init: matrixFromRows([[0.05]]) }).fit(bytes, { weights });
    expect(model.centroids.data[0]).toBeCloseTo(0.05, 6);
    expect(model.centroids.data[1]).toBeCloseTo(10.05, 6);
    const init = matrixFromRows([[0, 0, 7]]);
    const cosine = await new KMeans({ clusters: 5, metric: 'cosine', init, frozen: 1 }).fit(points);
    expect(Array.from(cosine.centroids.data.subarray(0, 3))).toEqual([0, 0, 1]);
  });
});

describe('frozen centroids', () => {
  const line = matrixFromRows([[0], [2], [10], [12], [30], [34]]);

  it('stay at their given positions, to the last bit, while the others move', async () => {
    const init = matrixFromRows([[0.1], [11.7], [20]]);
    const model = await new KMeans({ clusters: 3, init, frozen: 2, tolerance: 0 }).fit(line);
    expect(Array.from(model.centroids.data)).toEqual([0.1, 11.7, 32]);
    expect(Array.from(model.labels)).toEqual([0, 0, 1, 1, 2, 2]);
    // 0.1^2 + 1.9^2 + 1.7^2 + 0.3^2 + 2^2 + 2^2
    expect(model.inertia).toBeCloseTo(14.6, 12);
    expect(model.converged).toBe(true);
    expect(await model.predict(line)).toEqual(model.labels);
    const other = await new KMeans({ clusters: 3, init, frozen: [1] }).fit(line);
    expect(Array.from(other.centroids.data)).toEqual([1, 11.7, 32]);
  });

  it('change nothing when none is frozen, or when frozen ones are means already', async () => {
    const options = { clusters: 3, init: matrixFromRows([[1], [12], [20]]) };
    const plain = await new KMeans(options).fit(line);
    expect((await new KMeans({ ...options, frozen: 0 }).fit(line)).toState()).toEqual(plain.toState());
    const frozen = await new KMeans({ ...options, frozen: [0] }).fit(line);
    expect(frozen.centroids.data).toEqual(plain.centroids.data);
    expect(frozen.labels).toEqual(plain.labels);
  });

  it('may end without points, and are not moved to points then', async () => {
    const init = matrixFromRows([[1000], [0], [1], [500]]);
    const model = await new KMeans({ clusters: 4, init, frozen: 1 }).fit(line);
    expect(model.centroids.data[0]).toBe(1000);
    expect(new Set(model.labels).has(0)).toBe(false);
    expect(new Set(model.labels).size).toBe(3);
    expect(model.warnings).toEqual([
      expect.stringContaining('2 of the initial centroids lie far outside the points (0, 3)'),
      expect.stringContaining('Only 3 of 4 clusters'),
    ]);
  });

  it('must be given', () => {
    const init = matrixFromRows([[0], [1]]);
    for (const frozen of [3, -1, 0.5, [2], ['0']]) {
      expect(() => new KMeans({ clusters: 4, init, frozen: frozen as number })).toThrow(InvalidArgumentError);
    }
    expect(() => new KMeans({ clusters: 4, frozen: 1 })).toThrow(InvalidArgumentError);
  });
});

describe('at once', () => {
  it('fits and predicts, or transforms', async () => {
    const kmeans = new KMeans({ clusters: 6 });
    const model = await kmeans.fit(points);
    expect(await kmeans.fitPredict(points)).toEqual(model.labels);
    expect(await kmeans.fitTransform(points)).toEqual(await model.transform(points));
  });
});
