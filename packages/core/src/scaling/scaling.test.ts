import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { InvalidArgumentError, ShapeError, UnsupportedError } from '../errors.ts';
import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { KMeansModel } from '../kmeans/model.ts';
import { matrix, matrixFromRows, type Matrix, type Points } from '../matrix.ts';
import { pairwiseDistances } from '../metrics/pairwise-distances.ts';
import { Pca } from '../pca/pca.ts';
import { Random } from '../random.ts';
import { applyScaling } from './apply-scaling.ts';
import { fitScaling } from './fit-scaling.ts';
import type { RowScalingKind } from './types.ts';

const engine = createReferenceEngine();

async function scale(points: Matrix, kind: RowScalingKind, weights?: Float32Array): Promise<Matrix> {
  return hostOf(await applyScaling(points, await fitScaling(points, kind, engine, { weights }), engine));
}

function hostOf(points: Points): Matrix {
  if (points.location !== 'host') throw new Error('expected a host matrix');
  return points;
}

/** Points with strongly correlated columns of very different size. */
function tilted(rows: number): Matrix {
  const random = new Random(3);
  return matrixFromRows(
    Array.from({ length: rows }, () => {
      const [a, b, c] = [random.normal(), random.normal(), random.normal()];
      return [100 + 5 * a, a + 0.5 * b, -3 + 0.01 * c + a];
    }),
  );
}

function covarianceOf({ data, rows, columns }: Matrix, weights?: Float32Array): number[] {
  const weight = (i: number) => (weights ? weights[i] : 1);
  let total = 0;
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    total += weight(i);
    for (let j = 0; j < columns; j++) mean[j] += weight(i) * data[i * columns + j];
  }
  for (let j = 0; j < columns; j++) mean[j] /= total;
  const covariance = new Array<number>(columns * columns).fill(0);
  for (let i = 0; i < rows; i++) {
    for (let at = 0; at < covariance.length; at++) {
      const [a, b] = [Math.floor(at / columns), at % columns];
      covariance[at] +=
        (weight(i) * (data[i * columns + a] - mean[a]) * (data[i * columns + b] - mean[b])) / total;
    }
  }
  return covariance;
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits);
  });
}

it('takes the spelling of 0.1.0, and reads it in saved models', async () => {
  const points = tilted(20);
  const named = await new KMeans({ clusters: 2, scaling: 'standardize' }).fit(points);
  const old = await new KMeans({ clusters: 2, scaling: 'standardise' }).fit(points);
  expect(old).toEqual(named);
  const state = named.toState();
  const saved = { ...state, settings: { ...state.settings, scaling: 'standardise' } };
  expect(KMeansModel.fromState(saved).scaling).toEqual(named.scaling);
  expect(() => new KMeans({ clusters: 2, scaling: 'standard' as never })).toThrow(
    /one of unit, standardize, whiten/,
  );
});

describe('unit', () => {
  it('scales rows to length 1 and leaves zero rows alone', async () => {
    const points = matrix(Uint8Array.of(3, 4, 0, 0, 0, 9), 3, 2, 1 / 255);
    expectClose((await scale(points, 'unit')).data, [0.6, 0.8, 0, 0, 0, 1], 7);
  });
});

describe('standardize', () => {
  it('gives columns mean 0 and variance 1, constant ones their own unit', async () => {
    const points = matrixFromRows([
      [1, 7, 0.1],
      [3, 7, 0.1],
      [5, 7, 0.1],
    ]);
    const { data } = await scale(points, 'standardize');
    const step = Math.sqrt(1.5);
    expectClose(data, [-step, 0, 0, 0, 0, 0, step, 0, 0], 6);
  });

  it.each([
    ['seconds', 1.7e9, 100],
    ['milliseconds', 1.7e12, 5000],
    ['Julian days', 2_460_000.5, 1 / 24],
  ])('does not treat times in %s as constant', async (_, start, deviation) => {
    const random = new Random(9);
    const steps = Float64Array.from({ length: 300 }, () => deviation * random.normal());
    const scaling = await fitScaling(
      matrix(
        steps.map((step) => start + step),
        300,
        1,
      ),
      'standardize',
      engine,
    );
    if (scaling.kind !== 'standardize') throw new Error('expected a standardization');
    const mean = steps.reduce((sum, step) => sum + step, 0) / 300;
    const variance = steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / 300;
    // Adding the start rounds each step.
    const digits = (10 * start * Number.EPSILON) / deviation;
    expect(Math.abs(scaling.factors[0] * Math.sqrt(variance) - 1)).toBeLessThan(digits);
    expect(scaling.mean[0]).toBeCloseTo(start + mean, 3);
  });

  // The factors are 1 / scale_ of scikit-learn 1.9.1's StandardScaler.
  it.each([
    ['equal values', [0.1, 0.1, 0.1], 1],
    ['equal large values', [1e12, 1e12, 1e12, 1e12], 1],
    ['a difference within the rounding of float64', [1, 1, 1 + 2.220446049250313e-16], 1],
    ['a difference beyond it', [1e6, 1e6 + 1e-6], 2_000_000],
  ])('tells %s from a spread', async (_, values, factor) => {
    const column = matrix(Float64Array.from(values), values.length, 1);
    const scaling = await fitScaling(column, 'standardize', engine);
    if (scaling.kind !== 'standardize') throw new Error('expected a standardization');
    expect(scaling.factors[0] / factor).toBeCloseTo(1, 3);
  });

  it('weighs the points', async () => {
    const weights = Float32Array.of(3, 1);
    const { data } = await scale(matrixFromRows([[0], [4]]), 'standardize', weights);
    expectClose(data, [-1 / Math.sqrt(3), Math.sqrt(3)], 6);
  });
});

describe('whiten', () => {
  it.each([undefined, Float32Array.from({ length: 400 }, (_, i) => i % 4)])(
    'gives an identity covariance (weights %#)',
    async (weights) => {
      const points = tilted(400);
      expectClose(
        covarianceOf(await scale(points, 'whiten', weights), weights),
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        3,
      );
    },
  );

  it('rotates points as little as possible: its factors are symmetric', async () => {
    const scaling = await fitScaling(tilted(50), 'whiten', engine);
    if (scaling.kind !== 'whiten') throw new Error('expected a whitening');
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < i; j++) expect(scaling.factors[3 * i + j]).toBe(scaling.factors[3 * j + i]);
    }
  });

  it('does not scale up directions without variance', async () => {
    const random = new Random(5);
    const line = matrixFromRows(Array.from({ length: 60 }, () => random.normal()).map((x) => [x, 2 * x, 1]));
    const { data } = await scale(line, 'whiten');
    for (const value of data) expect(Math.abs(value)).toBeLessThan(5);
  });

  it('leaves constant points at zero', async () => {
    const same = matrixFromRows([
      [2, 3],
      [2, 3],
    ]);
    expect(Array.from((await scale(same, 'whiten')).data)).toEqual([0, 0, 0, 0]);
  });
});

describe('bad input', () => {
  const points = matrixFromRows([
    [1, 2],
    [3, 4],
  ]);

  it('is refused', async () => {
    await expect(fitScaling(points, 'log' as never, engine)).rejects.toThrow(InvalidArgumentError);
    await expect(fitScaling(points, 'whiten', engine, { weights: Float32Array.of(1) })).rejects.toThrow(
      ShapeError,
    );
    const scaling = await fitScaling(points, 'standardize', engine);
    await expect(applyScaling(matrixFromRows([[1]]), scaling, engine)).rejects.toThrow(ShapeError);
  });

  it('is refused before any work when a covariance would be too large', async () => {
    const wide = matrix(new Float32Array(200_000), 2, 100_000);
    const whitening = fitScaling(wide, 'whiten', engine);
    await expect(whitening).rejects.toThrow(UnsupportedError);
    await expect(whitening).rejects.toThrow(
      /100000 columns.*10,000,000,000 numbers.*536,870,912.*standardize/s,
    );
    expect((await fitScaling(wide, 'standardize', engine)).kind).toBe('standardize');
    await expect(new GaussianMixture({ clusters: 1 }).fit(wide)).rejects.toThrow(/numbers.*'diag'/s);
    await expect(new Pca().fit(wide)).rejects.toThrow(/numbers.*a number of components/s);
    const many = matrix(new Uint8Array(30_000), 30_000, 1);
    expect(() => pairwiseDistances(many)).toThrow(UnsupportedError);
  });

  it('can be aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fitScaling(points, 'whiten', engine, { signal })).rejects.toThrow('enough');
    const scaling = await fitScaling(points, 'whiten', engine);
    await expect(applyScaling(points, scaling, engine, { signal })).rejects.toThrow('enough');
  });
});
