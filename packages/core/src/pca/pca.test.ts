import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import type { Progress } from '../progress.ts';
import { Random } from '../random.ts';
import { blobs, bytes, sampleWeights } from '../testing/datasets.ts';
import { PcaModel } from './model.ts';
import { Pca } from './pca.ts';
import type { PcaOptions } from './types.ts';

/** Points of D columns in a subspace of the given rank, less the noise. */
function lowRank(rows: number, columns: number, rank: number, noise: number, seed = 1): Matrix {
  const random = new Random(seed);
  const axes = Float64Array.from({ length: rank * columns }, () => random.normal());
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let r = 0; r < rank; r++) {
      const factor = (rank - r) * random.normal();
      for (let j = 0; j < columns; j++) data[i * columns + j] += factor * axes[r * columns + j];
    }
    for (let j = 0; j < columns; j++) data[i * columns + j] += noise * random.normal();
  }
  return matrix(data, rows, columns);
}

function expectOrthonormal({ data, rows, columns }: Matrix): void {
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let j = 0; j < columns; j++) product += data[a * columns + j] * data[b * columns + j];
      expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
    }
  }
}

function expectAllClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], digits);
}

describe('hand-computed cases', () => {
  it('finds the line that points lie on', async () => {
    const points = matrixFromRows([
      [1, 2],
      [4, 6],
      [7, 10],
    ]);
    const model = await new Pca({ components: 2 }).fit(points);
    expectAllClose(model.mean, [4, 6], 14);
    expectAllClose(model.components.data.subarray(0, 2), [0.6, 0.8], 14);
    expectAllClose(model.explainedVariance, [25, 0], 12);
    expectAllClose(model.explainedVarianceRatio, [1, 0], 12);
    expectAllClose(model.singularValues, [Math.sqrt(50), 0], 6);
    expect(model.noiseVariance).toBe(0);
    const first = await new Pca({ components: 1 }).fit(points);
    expectAllClose((await first.transform(points)).data, [-5, 0, 5], 5);
    expectAllClose((await first.inverseTransform(matrixFromRows([[10]]))).data, [10, 14], 5);
  });

  it('gives what it leaves out as noise', async () => {
    // Variances 32, 2 and 0.5 along the axes.
    const axes = [8, 2, 1].flatMap((value, j) =>
      [value, -value].map((signed) => [0, 1, 2].map((column) => (column === j ? signed : 0))),
    );
    const model = await new Pca({ components: 1 }).fit(matrixFromRows(axes));
    expectAllClose(model.components.data, [1, 0, 0], 14);
    expectAllClose(model.explainedVariance, [128 / 5], 12);
    expect(model.noiseVariance).toBeCloseTo((8 / 5 + 2 / 5) / 2, 12);
  });

  it('turns the largest loading of each component positive', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const { components } = await new Pca({ components: 4, seed }).fit(lowRank(50, 30, 5, 0.1, seed));
      for (let c = 0; c < 4; c++) {
        const row = Array.from(components.data.subarray(30 * c, 30 * c + 30));
        expect(Math.max(...row)).toBeGreaterThan(-Math.min(...row));
      }
    }
  });
});

describe('degenerate points', () => {
  it('one point has no variance, and is where it is', async () => {
    const model = await new Pca({ components: 1, whiten: true }).fit(matrixFromRows([[3, -4]]));
    expect(model.explainedVariance).toEqual(Float64Array.of(0));
    expect(model.explainedVarianceRatio).toEqual(Float64Array.of(0));
    expect(model.noiseVariance).toBe(0);
    expectOrthonormal(model.components);
    expect(Array.from((await model.transform(matrixFromRows([[3, -4]]))).data)).toEqual([0]);
  });

  it('equal points have no variance either', async () => {
    const points = matrixFromRows(Array.from({ length: 6 }, () => [0.1, 7, 1e9, -2]));
    for (const oversampling of [0, 10]) {
      const model = await new Pca({ components: 3, oversampling, whiten: true }).fit(points);
      expectAllClose(model.explainedVariance, [0, 0, 0], 10);
      expectOrthonormal(model.components);
      expect((await model.transform(points)).data.every(Number.isFinite)).toBe(true);
    }
  });

  it('constant columns do not contribute to any component', async () => {
    const random = new Random(1);
    const rows = Array.from({ length: 40 }, () => [5, random.normal(), 0, 2 * random.normal(), 1e4]);
    const model = await new Pca({ components: 2 }).fit(matrixFromRows(rows));
    for (const j of [0, 2, 4, 5, 7, 9]) expect(model.components.data[j]).toBeCloseTo(0, 12);
  });

  it.each([0, 3, 10])(
    'components beyond the rank are orthonormal too (oversampling %i)',
    async (oversampling) => {
      const points = lowRank(40, 20, 3, 0);
      const model = await new Pca({ components: 7, oversampling }).fit(points);
      expectOrthonormal(model.components);
      expectAllClose(model.explainedVarianceRatio.subarray(3), [0, 0, 0, 0], 12);
      expect(model.explainedVariance.every((value) => value >= 0)).toBe(true);
      expectAllClose((await model.inverseTransform(await model.transform(points))).data, points.data, 4);
    },
  );

  it('one column is its own component', async () => {
    const model = await new Pca({ components: 1 }).fit(matrixFromRows([[1], [2], [6]]));
    expect(Array.from(model.components.data)).toEqual([1]);
    expect(model.explainedVariance[0]).toBeCloseTo(7, 12);
    expect(model.explainedVarianceRatio[0]).toBeCloseTo(1, 12);
  });
});

describe('all components', () => {
  it('rotate points without loss, and the variances add up', async () => {
    const { points } = blobs(50, 6, 3, 1, 2);
    const model = await new Pca({ components: 6 }).fit(points);
    const codes = await model.transform(points);
    expectAllClose((await model.inverseTransform(codes)).data, points.data, 4);
    expect(model.explainedVarianceRatio.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(model.noiseVariance).toBe(0);
  });
});

describe('an iterated subspace', () => {
  it('finds what the whole covariance gives, more closely with each iteration', async () => {
    const points = lowRank(200, 60, 12, 0.5);
    const exact = await new Pca({ components: 5, oversampling: 60 }).fit(points);
    let previous = Infinity;
    for (const iterations of [1, 3, 7]) {
      const { explainedVariance } = await new Pca({ components: 5, oversampling: 3, iterations }).fit(points);
      const lost = exact.explainedVariance.reduce((sum, value, i) => sum + value - explainedVariance[i], 0);
      expect(lost).toBeGreaterThan(-1e-9);
      expect(lost).toBeLessThan(previous / 2);
      previous = lost;
    }
    expect(previous).toBeLessThan(1e-4 * exact.explainedVariance[0]);
  });

  it('repeats itself bit for bit, and another seed changes little', async () => {
    const points = lowRank(80, 50, 6, 0.1);
    const fit = (seed: number) => new Pca({ components: 4, seed, iterations: 7 }).fit(points);
    const [one, two, other] = [await fit(3), await fit(3), await fit(4)];
    expect(two.toState()).toEqual(one.toState());
    expect(other.components.data).not.toEqual(one.components.data);
    expectAllClose(other.components.data, one.components.data, 6);
  });
});

describe('weights', () => {
  const points = lowRank(60, 12, 4, 0.2);
  const fit = (weights?: Float32Array, other = points) => new Pca({ components: 3 }).fit(other, { weights });

  it('count like repeated points', async () => {
    const counts = Float32Array.from({ length: 60 }, (_, i) => i % 4);
    const rows = Array.from(counts).flatMap((count, i) =>
      Array.from({ length: count }, () => Array.from(points.data.subarray(12 * i, 12 * i + 12))),
    );
    const [weighted, repeated] = [await fit(counts), await fit(undefined, matrixFromRows(rows))];
    expectAllClose(weighted.components.data, repeated.components.data, 10);
    expectAllClose(weighted.mean, repeated.mean, 10);
    expectAllClose(weighted.explainedVariance, repeated.explainedVariance, 8);
    expectAllClose(weighted.singularValues, repeated.singularValues, 8);
    expect(weighted.noiseVariance).toBeCloseTo(repeated.noiseVariance, 10);
  });

  it('of 1 change nothing', async () => {
    expect((await fit(new Float32Array(60).fill(1))).toState()).toEqual((await fit()).toState());
  });

  it('have a unit that does not change any direction', async () => {
    const weights = sampleWeights(60, 2);
    const directions = (await fit(weights)).components.data;
    const larger = await fit(weights.map((weight) => weight * 2 ** 100));
    expect(larger.components.data).toEqual(directions);
    expect(larger.explainedVariance.every(Number.isFinite)).toBe(true);
  });
});

describe('whitening', () => {
  it('gives every component unit variance, and the way back undoes it', async () => {
    const points = lowRank(300, 20, 5, 0.3);
    const model = await new Pca({ components: 5, whiten: true }).fit(points);
    const codes = await model.transform(points);
    for (let c = 0; c < 5; c++) {
      let sum = 0;
      for (let i = 0; i < 300; i++) sum += codes.data[i * 5 + c] ** 2;
      expect(sum / 299).toBeCloseTo(1, 4);
    }
    const plain = await new Pca({ components: 5 }).fit(points);
    const restored = await plain.inverseTransform(await plain.transform(points));
    expectAllClose((await model.inverseTransform(codes)).data, restored.data, 4);
  });

  it('does not scale up directions without variance', async () => {
    const points = lowRank(50, 10, 2, 1e-9);
    const model = await new Pca({ components: 4, whiten: true }).fit(points);
    const { data } = await model.transform(points);
    for (let i = 0; i < 50; i++) {
      expect(Math.abs(data[4 * i + 2])).toBeLessThan(1e-3);
      expect(Math.abs(data[4 * i + 3])).toBeLessThan(1e-3);
    }
  });
});

describe('the fitted model', () => {
  const points = bytes(80, 15, 4);

  it('leaves its input alone and is frozen', async () => {
    const weights = sampleWeights(80, 1);
    const before = [points.data.slice(), weights.slice()];
    const model = await new Pca({ components: 3 }).fit(points, { weights });
    const components = model.components.data.slice();
    await model.inverseTransform(await model.transform(points));
    expect([points.data, weights]).toEqual(before);
    expect(model.components.data).toEqual(components);
    expect(Object.isFrozen(model)).toBe(true);
    expect(Object.isFrozen(model.components)).toBe(true);
  });

  it('reads bytes with their scale', async () => {
    const values = matrix(
      Float64Array.from(points.data, (byte) => byte * points.scale),
      80,
      15,
    );
    const [fromBytes, fromValues] = [
      await new Pca({ components: 3 }).fit(points),
      await new Pca({ components: 3 }).fit(values),
    ];
    expect(fromBytes.toState()).toEqual(fromValues.toState());
    expect((await fromBytes.transform(points)).data).toEqual((await fromBytes.transform(values)).data);
  });

  it.each([false, true])(
    'transforms the same after a round trip through its state (whiten %s)',
    async (whiten) => {
      const model = await new Pca({ components: 4, whiten }).fit(points);
      const copy = PcaModel.fromState(model.toState());
      expect(copy.toState()).toEqual(model.toState());
      expect((await copy.transform(points)).data).toEqual((await model.transform(points)).data);
    },
  );

  it.each<[string, (state: ModelState) => Partial<ModelState>]>([
    ['another type', () => ({ type: 'kmeans' })],
    ['no tensors', () => ({ tensors: {} })],
    ['no component', ({ settings }) => ({ settings: { ...settings, components: 0 } })],
    ['a text for whiten', ({ settings }) => ({ settings: { ...settings, whiten: 'yes' } })],
    [
      'a NaN component',
      ({ tensors }) => ({
        tensors: { ...tensors, components: { data: new Float64Array(45).fill(NaN), shape: [3, 15] } },
      }),
    ],
    [
      'a mean too short',
      ({ tensors }) => ({ tensors: { ...tensors, mean: { data: new Float64Array(2), shape: [2] } } }),
    ],
  ])('refuses a damaged state: %s', async (_, damage) => {
    const state = (await new Pca({ components: 3 }).fit(points)).toState();
    expect(() => PcaModel.fromState({ ...state, ...damage(state) })).toThrow(DataError);
  });

  it('refuses points and codes that do not fit', async () => {
    const model = await new Pca({ components: 3 }).fit(points);
    await expect(model.transform(matrixFromRows([[1, 2]]))).rejects.toThrow(ShapeError);
    await expect(model.inverseTransform(matrixFromRows([[1, 2]]))).rejects.toThrow(
      /3 components .* 2 columns/,
    );
    await expect(model.inverseTransform(matrixFromRows([[1, NaN, 3]]))).rejects.toThrow(DataError);
    const far = matrix(new Float64Array(15).fill(1e300), 1, 15);
    await expect(model.transform(far)).rejects.toThrow(DataError);
  });
});

describe('bad input', () => {
  const points = matrixFromRows([
    [0, 1, 2],
    [4, 1, 0],
    [1, 1, 5],
    [2, 8, 2],
  ]);

  it.each<[string, PcaOptions]>([
    ['no component', { components: 0 }],
    ['one and a half components', { components: 1.5 }],
    ['a negative share', { components: -0.5 }],
    ['a negative oversampling', { components: 1, oversampling: -1 }],
    ['no iteration', { components: 1, iterations: 0 }],
    ['a negative seed', { components: 1, seed: -1 }],
  ])('is refused: %s', (_, options) => {
    expect(() => new Pca(options)).toThrow(InvalidArgumentError);
  });

  it.each<[string, number, Matrix, number[] | undefined, new (message: string) => Error]>([
    ['more components than columns', 4, points, undefined, InvalidArgumentError],
    ['more components than points', 2, matrixFromRows([[1, 2]]), undefined, InvalidArgumentError],
    ['more components than weighted points', 2, points, [0, 3, 0, 0], InvalidArgumentError],
    ['a NaN', 1, matrixFromRows([[NaN], [1]]), undefined, DataError],
    ['too large a spread', 1, matrixFromRows([[1e200], [-1e200]]), undefined, DataError],
    ['a weight too few', 1, points, [1, 1, 1], ShapeError],
    ['a negative weight', 1, points, [1, -1, 1, 1], InvalidArgumentError],
    ['no weight at all', 1, points, [0, 0, 0, 0], InvalidArgumentError],
    ['weights that sum to less than two points', 1, points, [0.25, 0.25, 0.25, 0.25], InvalidArgumentError],
  ])('is refused by fit: %s', async (_, components, data, weights, kind) => {
    const fit = new Pca({ components }).fit(data, { weights: weights && Float32Array.from(weights) });
    await expect(fit).rejects.toThrow(kind);
  });
});

describe('a long fit', () => {
  const points = lowRank(60, 40, 3, 0.1);

  it('reports every pass over the points', async () => {
    const seen: Progress[] = [];
    await new Pca({ components: 2, iterations: 3 }).fit(points, { onProgress: (p) => seen.push(p) });
    expect(seen).toEqual([1, 2, 3, 4].map((completed) => ({ phase: 'iterations', completed, total: 4 })));
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const fit = new Pca({ components: 2, iterations: 7 }).fit(points, {
      signal: controller.signal,
      onProgress: ({ completed }) => {
        if (completed === 2) controller.abort(new Error('enough'));
        expect(completed).toBeLessThan(3);
      },
    });
    await expect(fit).rejects.toThrow('enough');
    const model = await new Pca({ components: 2 }).fit(points);
    const { signal } = controller;
    await expect(model.transform(points, { signal })).rejects.toThrow('enough');
    await expect(model.inverseTransform(matrixFromRows([[1, 2]]), { signal })).rejects.toThrow('enough');
  });
});
