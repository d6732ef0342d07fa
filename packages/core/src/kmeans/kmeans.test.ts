import { describe, expect, it } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { matrix, matrixFromRows, sliceRows, type Matrix } from '../matrix.ts';
import type { ModelState, Tensor } from '../model-state.ts';
import type { Progress } from '../progress.ts';
import { blobs } from '../testing/datasets.ts';
import { KMeans } from './kmeans.ts';
import { KMeansModel } from './model.ts';
import type { KMeansOptions } from './types.ts';

/** Finite, but the squares of their distances are not. */
const HUGE_POINTS = matrixFromRows([[1e200], [-1e200], [0]]);

const FOUR_POINTS = matrixFromRows([
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [1, 1],
]);

describe('hand-computed cases', () => {
  it('clusters four points in two iterations', async () => {
    const init = matrixFromRows([
      [0, 0],
      [1, 1],
    ]);
    const model = await new KMeans({ clusters: 2, init }).fit(FOUR_POINTS);
    expect(model.labels).toEqual(Uint32Array.of(0, 0, 1, 1));
    expect(Array.from(model.centroids.data)).toEqual([0.25, 0, 0.75, 1]);
    expect(model.inertia).toBe(0.25);
    expect(model.iterations).toBe(2);
    expect(model.converged).toBe(true);
    expect(model.inertiaHistory).toEqual([0.5, 0.25]);
    expect(model.warnings).toEqual([]);
  });

  it('relocates an empty cluster in three iterations', async () => {
    const init = matrixFromRows([
      [0.5, 0.5],
      [3, 3],
    ]);
    const model = await new KMeans({ clusters: 2, init }).fit(FOUR_POINTS);
    expect(model.inertia).toBe(0.25);
    expect(model.iterations).toBe(3);
    const first = model.labels[0];
    expect(model.labels).toEqual(Uint32Array.of(first, first, 1 - first, 1 - first));
  });

  it('relocates by weight', async () => {
    const model = await new KMeans({ clusters: 2, init: matrixFromRows([[-1], [10]]) }).fit(
      matrixFromRows([[-1], [1]]),
      { weights: Float32Array.of(1.9, 0.1) },
    );
    expect(model.centroids.data[0]).toBeCloseTo(-1, 6);
    expect(model.centroids.data[1]).toBeCloseTo(1, 6);
    expect(model.labels).toEqual(Uint32Array.of(0, 1));
  });

  it('gives every point its own cluster when there are as many clusters as points', async () => {
    const model = await new KMeans({ clusters: 4 }).fit(FOUR_POINTS);
    expect(model.inertia).toBe(0);
    expect(new Set(model.labels).size).toBe(4);
  });

  it('puts spherical centroids at unit length along mean directions', async () => {
    const points = matrixFromRows([
      [2, 0],
      [5, 5],
      [0, -3],
    ]);
    const init = matrixFromRows([
      [7, 1],
      [0, -9],
    ]);
    const model = await new KMeans({ clusters: 2, metric: 'cosine', init }).fit(points);
    expect(model.labels).toEqual(Uint32Array.of(0, 0, 1));
    const half = Math.PI / 8;
    expect(model.centroids.data[0]).toBeCloseTo(Math.cos(half), 6);
    expect(model.centroids.data[1]).toBeCloseTo(Math.sin(half), 6);
    expect(model.centroids.data[3]).toBeCloseTo(-1, 6);
    expect(await model.predict(matrixFromRows([[0.001, 0]]))).toEqual(Uint32Array.of(0));
  });
});

describe('starts', () => {
  it('prefers heavy points as k-means++ seeds', async () => {
    const points = matrixFromRows([[1], [1], [5], [5], [100], [100]]);
    const weights = Float32Array.of(1, 1, 1, 1, 1e-20, 1e-20);
    for (let seed = 0; seed < 10; seed++) {
      const model = await new KMeans({ clusters: 2, seed, maxIterations: 1 }).fit(points, { weights });
      expect(Array.from(model.centroids.data).sort((a, b) => a - b)).toEqual([1, expect.closeTo(5, 6)]);
    }
  });

  it('never starts at random from points without weight', async () => {
    const points = matrixFromRows([[0], [1], [50], [60], [70], [80]]);
    const weights = Float32Array.of(1, 1, 0, 0, 0, 0);
    const model = await new KMeans({ clusters: 2, init: 'random', maxIterations: 1 }).fit(points, {
      weights,
    });
    expect(model.inertia).toBe(0);
    expect(Array.from(model.centroids.data).sort((a, b) => a - b)).toEqual([0, 1]);
  });

  it('never does worse with more starts', async () => {
    const { points } = blobs(120, 3, 9, 5, 2);
    let previous = Infinity;
    for (const nInit of [1, 5, 10]) {
      const { inertia } = await new KMeans({ clusters: 9, init: 'random', nInit, seed: 3 }).fit(points);
      expect(inertia).toBeLessThanOrEqual(previous);
      previous = inertia;
    }
  });

  it('warns that several starts make no sense from given centroids', async () => {
    const init = sliceRows(FOUR_POINTS, 0, 2);
    const model = await new KMeans({ clusters: 2, init, nInit: 10 }).fit(FOUR_POINTS);
    expect(model.warnings).toEqual([expect.stringContaining('nInit = 10 was ignored')]);
  });

  it('warns when there are fewer distinct points than clusters', async () => {
    const points = matrixFromRows([[1], [1], [2], [2], [1]]);
    for (const init of ['k-means++', 'k-means||', 'random', matrixFromRows([[0], [9], [9], [9]])] as const) {
      const model = await new KMeans({ clusters: 4, init }).fit(points);
      expect(model.warnings.at(-1)).toContain('Only 2 of 4 clusters');
      expect(model.inertia).toBe(0);
      expect(Array.from(model.centroids.data).every(Number.isFinite)).toBe(true);
      expect(await model.predict(points)).toEqual(model.labels);
    }
  });
});

describe('convergence', () => {
  it.each(['euclidean', 'cosine'] as const)('never raises the inertia (%s)', async (metric) => {
    const { points } = blobs(300, 4, 6, 1, 4);
    const model = await new KMeans({ clusters: 12, metric, tolerance: 0, init: 'random', nInit: 1 }).fit(
      points,
    );
    const history = model.inertiaHistory;
    expect(history.length).toBeGreaterThan(5);
    for (let i = 1; i < history.length; i++) {
      expect(history[i]).toBeLessThanOrEqual(history[i - 1] * (1 + 1e-12));
    }
    expect(history[history.length - 1]).toBe(model.inertia);
    expect(model.converged).toBe(true);
  });

  it('warns when it ran out of iterations, and its labels still match its centroids', async () => {
    const { points } = blobs(200, 2, 5, 2, 5);
    const model = await new KMeans({ clusters: 20, maxIterations: 2 }).fit(points);
    expect(model.converged).toBe(false);
    expect(model.iterations).toBe(2);
    expect(model.warnings).toEqual([expect.stringContaining('did not converge in 2 iterations')]);
    expect(await model.predict(points)).toEqual(model.labels);
    expect(await model.score(points)).toBeCloseTo(-model.inertia, 6);
  });

  it('stops by tolerance before the labels settle', async () => {
    const { points } = blobs(300, 2, 4, 2, 6);
    const loose = await new KMeans({ clusters: 8, tolerance: 1e-2 }).fit(points);
    const strict = await new KMeans({ clusters: 8, tolerance: 0 }).fit(points);
    expect(loose.converged).toBe(true);
    expect(loose.iterations).toBeLessThan(strict.iterations);
    expect(await loose.predict(points)).toEqual(loose.labels);
  });

  it('does not move from a solution', async () => {
    const { points } = blobs(100, 3, 4, 3);
    const first = await new KMeans({ clusters: 4 }).fit(points);
    const again = await new KMeans({ clusters: 4, init: first.centroids }).fit(points);
    expect(again.centroids.data).toEqual(first.centroids.data);
    expect(again.labels).toEqual(first.labels);
    expect(again.iterations).toBe(1);
  });

  it('repeats itself bit for bit, and differs by seed', async () => {
    const { points } = blobs(150, 4, 3, 8, 5);
    const fit = (seed: number) => new KMeans({ clusters: 9, seed }).fit(points);
    const [one, two, other] = [await fit(7), await fit(7), await fit(8)];
    expect(two.toState()).toEqual(one.toState());
    expect(other.centroids.data).not.toEqual(one.centroids.data);
  });
});

describe('weights', () => {
  const { points } = blobs(60, 2, 3, 4, 3);
  const init = sliceRows(points, 0, 3);

  it('count like repeated points', async () => {
    const counts = Array.from({ length: points.rows }, (_, i) => 1 + (i % 3));
    const rows = counts.flatMap((count, i) => Array.from({ length: count }, () => rowOf(points, i)));
    const weighted = await new KMeans({ clusters: 3, init }).fit(points, {
      weights: Float32Array.from(counts),
    });
    const repeated = await new KMeans({ clusters: 3, init }).fit(matrixFromRows(rows));
    expect(weighted.inertia).toBeCloseTo(repeated.inertia, 8);
    expect(weighted.iterations).toBe(repeated.iterations);
    expect(counts.flatMap((count, i) => Array.from({ length: count }, () => weighted.labels[i]))).toEqual(
      Array.from(repeated.labels),
    );
  });

  it('of 1 change nothing, and their unit does not matter', async () => {
    const fit = (weight?: number) =>
      new KMeans({ clusters: 3, init }).fit(
        points,
        weight === undefined ? {} : { weights: new Float32Array(points.rows).fill(weight) },
      );
    const [none, ones, quarters] = [await fit(), await fit(1), await fit(0.25)];
    expect(ones.toState()).toEqual(none.toState());
    expect(quarters.labels).toEqual(none.labels);
    expect(quarters.inertia).toBeCloseTo(none.inertia / 4, 8);
  });
});

describe('the fitted model', () => {
  const { points } = blobs(90, 3, 3, 11);

  it('leaves its input alone', async () => {
    const init = sliceRows(points, 0, 3);
    const weights = new Float32Array(points.rows).fill(2);
    const before = [points.data.slice(), init.data.slice(), weights.slice()];
    const model = await new KMeans({ clusters: 3, init, scaling: 'whiten' }).fit(points, { weights });
    const centroids = model.centroids.data.slice();
    await model.predict(points);
    expect([points.data, init.data, weights]).toEqual(before);
    expect(model.centroids.data).toEqual(centroids);
    expect(Object.isFrozen(model)).toBe(true);
  });

  it('predicts chunks as it predicts the whole', async () => {
    const model = await new KMeans({ clusters: 5 }).fit(points);
    const parts = [sliceRows(points, 0, 1), sliceRows(points, 1, 40), sliceRows(points, 40, 90)];
    const labels = await Promise.all(parts.map((part) => model.predict(part)));
    expect(labels.flatMap((part) => Array.from(part))).toEqual(Array.from(model.labels));
  });

  it('transforms to distances, the least of which is the label', async () => {
    const model = await new KMeans({ clusters: 4 }).fit(points);
    const { data, rows, columns } = await model.transform(points);
    expect([rows, columns]).toEqual([90, 4]);
    for (let i = 0; i < rows; i++) {
      const row = Array.from(data.subarray(i * columns, (i + 1) * columns));
      expect(row.indexOf(Math.min(...row))).toBe(model.labels[i]);
    }
    const own = await model.transform(model.centroids);
    for (let k = 0; k < 4; k++) expect(own.data[k * 4 + k]).toBe(0);
  });

  it.each([undefined, 'unit', 'standardize', 'whiten'] as const)(
    'predicts the same after a round trip through its state (scaling %s)',
    async (scaling) => {
      const model = await new KMeans({ clusters: 3, metric: 'cosine', scaling }).fit(points);
      const copy = KMeansModel.fromState(model.toState());
      expect(await copy.predict(points)).toEqual(model.labels);
      expect(copy.toState()).toEqual(model.toState());
    },
  );

  it('refuses damaged states', async () => {
    const state = (await new KMeans({ clusters: 3 }).fit(points)).toState();
    expect(() => KMeansModel.fromState({ ...state, type: 'gaussian-mixture' })).toThrow(DataError);
    expect(() => KMeansModel.fromState({ ...state, tensors: {} })).toThrow(/"centroids" should be a tensor/);
    expect(() => KMeansModel.fromState({ ...state, settings: { ...state.settings, inertia: 'x' } })).toThrow(
      /"inertia" should be a number/,
    );
  });

  it.each<[string, (state: ModelState) => Partial<ModelState>]>([
    ['no cluster', ({ settings }) => ({ settings: { ...settings, clusters: 0 } })],
    ['half an iteration', ({ settings }) => ({ settings: { ...settings, iterations: 0.5 } })],
    ['a NaN centroid', withTensor('centroids', { data: Float64Array.of(0, 0, NaN), shape: [1, 3] })],
    ['a NaN factor', withTensor('scaling.factors', { data: Float64Array.of(1, NaN, 1), shape: [3] })],
    ['a label of no cluster', withTensor('labels', { data: Uint32Array.of(0, 1), shape: [2] })],
    ['half a label', withTensor('labels', { data: Float64Array.of(0.5), shape: [1] })],
    ['a negative label', withTensor('labels', { data: Int32Array.of(-1), shape: [1] })],
  ])('refuses damaged states: %s', async (_, damage) => {
    const model = await new KMeans({ clusters: 1, scaling: 'standardize' }).fit(points);
    const state = model.toState();
    expect(() => KMeansModel.fromState({ ...state, ...damage(state) })).toThrow(DataError);
  });

  it('is frozen', async () => {
    const model = await new KMeans({ clusters: 2, scaling: 'standardize' }).fit(points);
    for (const part of [model, model.centroids, model.inertiaHistory, model.warnings, model.scaling]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('refuses points that do not fit', async () => {
    const model = await new KMeans({ clusters: 3 }).fit(points);
    await expect(model.predict(FOUR_POINTS)).rejects.toThrow(ShapeError);
    await expect(model.transform(matrixFromRows([[1, NaN, 0]]))).rejects.toThrow(DataError);
    await expect(model.score(points, { weights: Float32Array.of(1) })).rejects.toThrow(ShapeError);
    const far = matrixFromRows([[1e200, 0, 0]]);
    await expect(model.predict(far)).rejects.toThrow(DataError);
    await expect(model.transform(far)).rejects.toThrow(DataError);
    await expect(model.score(far)).rejects.toThrow(DataError);
  });
});

describe('precision', () => {
  it('reaches the engine, exact by default, and is ignored by the reference engine', async () => {
    const engine = createReferenceEngine();
    const asked: unknown[] = [];
    const watched: Engine = {
      ...engine,
      createKMeans(points, options) {
        asked.push(options.precision);
        return engine.createKMeans(points, options);
      },
    };
    const fit = (precision?: 'fast') =>
      new KMeans({ clusters: 2, seed: 1, precision, engine: watched }).fit(FOUR_POINTS);
    expect((await fit('fast')).toState()).toEqual((await fit()).toState());
    expect(asked).toEqual(['fast', 'exact']);
  });
});

describe('bad input', () => {
  it.each<[string, KMeansOptions, new (message: string) => Error]>([
    ['no clusters', { clusters: 0 }, InvalidArgumentError],
    ['a fraction of a cluster', { clusters: 2.5 }, InvalidArgumentError],
    ['an unknown metric', { clusters: 2, metric: 'manhattan' as never }, InvalidArgumentError],
    ['an unknown precision', { clusters: 2, precision: 'rough' as never }, InvalidArgumentError],
    ['an unknown init', { clusters: 2, init: 'best' as never }, InvalidArgumentError],
    ['an unknown scaling', { clusters: 2, scaling: 'log' as never }, InvalidArgumentError],
    ['no start', { clusters: 2, nInit: 0 }, InvalidArgumentError],
    ['no trial', { clusters: 2, trials: 0 }, InvalidArgumentError],
    ['no round', { clusters: 2, rounds: 0 }, InvalidArgumentError],
    ['no oversampling', { clusters: 2, oversampling: 0 }, InvalidArgumentError],
    ['an infinite oversampling', { clusters: 2, oversampling: Infinity }, InvalidArgumentError],
    ['no iteration', { clusters: 2, maxIterations: 0 }, InvalidArgumentError],
    ['a negative tolerance', { clusters: 2, tolerance: -1e-9 }, InvalidArgumentError],
    ['a NaN tolerance', { clusters: 2, tolerance: NaN }, InvalidArgumentError],
    ['a negative seed', { clusters: 2, seed: -1 }, InvalidArgumentError],
    ['too many centroids', { clusters: 1, init: matrixFromRows([[0], [1]]) }, ShapeError],
    ['infinite centroids', { clusters: 1, init: matrixFromRows([[0, Infinity]]) }, DataError],
  ])('is refused: %s', (_, options, kind) => {
    expect(() => new KMeans(options)).toThrow(kind);
  });

  it.each<[string, KMeansOptions, Matrix, number[] | undefined, new (message: string) => Error]>([
    ['more clusters than points', { clusters: 5 }, FOUR_POINTS, undefined, InvalidArgumentError],
    ['more clusters than weighted points', { clusters: 3 }, FOUR_POINTS, [1, 1, 0, 0], InvalidArgumentError],
    [
      'centroids of other columns',
      { clusters: 1, init: matrixFromRows([[1]]) },
      FOUR_POINTS,
      undefined,
      ShapeError,
    ],
    ['a NaN', { clusters: 1 }, matrixFromRows([[NaN]]), undefined, DataError],
    ['an infinity', { clusters: 1 }, matrixFromRows([[-Infinity]]), undefined, DataError],
    ['too large a spread', { clusters: 2, tolerance: 0 }, HUGE_POINTS, undefined, DataError],
    [
      'too large a spread for k-means||',
      { clusters: 2, tolerance: 0, init: 'k-means||' },
      HUGE_POINTS,
      undefined,
      DataError,
    ],
    ['too large a variance', { clusters: 2 }, HUGE_POINTS, undefined, DataError],
    ['a weight too few', { clusters: 1 }, FOUR_POINTS, [1, 1, 1], ShapeError],
    ['a negative weight', { clusters: 1 }, FOUR_POINTS, [1, -1, 1, 1], InvalidArgumentError],
    ['a NaN weight', { clusters: 1 }, FOUR_POINTS, [1, NaN, 1, 1], InvalidArgumentError],
    ['no weight at all', { clusters: 1 }, FOUR_POINTS, [0, 0, 0, 0], InvalidArgumentError],
  ])('is refused by fit: %s', async (_, options, points, weights, kind) => {
    const fit = new KMeans(options).fit(points, { weights: weights && Float32Array.from(weights) });
    await expect(fit).rejects.toThrow(kind);
  });
});

describe('a long fit', () => {
  const { points } = blobs(200, 3, 5, 6, 5);

  it('reports its progress', async () => {
    const seen: Progress[] = [];
    const model = await new KMeans({ clusters: 8, nInit: 2 }).fit(points, {
      onProgress: (p) => seen.push(p),
    });
    expect(seen.filter((p) => p.phase === 'seeding')).toHaveLength(2);
    const iterations = seen.filter((p) => p.phase === 'iterations');
    expect(iterations.some((p) => p.completed === model.iterations)).toBe(true);
    expect(iterations[0].message).toMatch(/^start 1 of 2, inertia \d/);
    expect(iterations.every((p) => p.total === 300)).toBe(true);
  });

  it('reports every round of k-means||', async () => {
    const seen: Progress[] = [];
    await new KMeans({ clusters: 8, init: 'k-means||', rounds: 3, nInit: 2 }).fit(points, {
      onProgress: (p) => seen.push(p),
    });
    const seeding = seen.filter((p) => p.phase === 'seeding');
    expect(seeding.map((p) => p.completed)).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
    expect(seeding.every((p) => p.total === 6)).toBe(true);
    expect(seeding[5].message).toMatch(/^start 2 of 2, \d+ candidates$/);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const fit = new KMeans({ clusters: 8, nInit: 100 }).fit(points, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === 'iterations') controller.abort(new Error('enough'));
      },
    });
    await expect(fit).rejects.toThrow('enough');
  });

  it('reads bytes with their scale', async () => {
    const bytes = matrix(Uint8Array.of(0, 10, 200, 210), 4, 1, 0.1);
    const model = await new KMeans({ clusters: 2, init: matrixFromRows([[0], [21]]) }).fit(bytes);
    expect(model.centroids.data[1]).toBeCloseTo(20.5, 6);
  });
});

function rowOf(points: Matrix, i: number): number[] {
  return Array.from(points.data.subarray(i * points.columns, (i + 1) * points.columns));
}

/** Puts another tensor into a state. */
function withTensor(name: string, tensor: Tensor): (state: ModelState) => Partial<ModelState> {
  return ({ tensors }) => ({ tensors: { ...tensors, [name]: tensor } });
}
