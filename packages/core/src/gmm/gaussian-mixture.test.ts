import { describe, expect, it } from 'vitest';
import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import { DataError, InvalidArgumentError, ShapeError, SingularCovarianceError } from '../errors.ts';
import { matrixFromRows, sliceRows, type Matrix } from '../matrix.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import type { Tensor } from '../model-state.ts';
import type { Progress } from '../progress.ts';
import { blobs, sampleWeights } from '../testing/datasets.ts';
import { GaussianMixture } from './gaussian-mixture.ts';
import { GaussianMixtureModel } from './model.ts';
import { COVARIANCE_TYPES, GAUSSIAN_MIXTURE_INITS, type GaussianMixtureOptions } from './types.ts';

const { points, classes } = blobs(150, 3, 3, 21);
/** Overlapping clouds, so that EM needs many iterations. */
const hazy = blobs(200, 2, 4, 5, 4).points;

describe.each(COVARIANCE_TYPES)('a %s mixture', (covarianceType) => {
  it('finds well separated clusters', async () => {
    const model = await new GaussianMixture({ clusters: 3, covarianceType }).fit(points);
    expect(model.converged).toBe(true);
    expect(model.warnings).toEqual([]);
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    expect(model.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    for (const weight of model.weights) expect(weight).toBeCloseTo(1 / 3, 6);
  });

  it('never becomes less likely', async () => {
    const options = { clusters: 5, covarianceType, regCovar: 0, tolerance: 0, maxIterations: 25 };
    const { lowerBoundHistory, lowerBound } = await new GaussianMixture(options).fit(hazy);
    expect(lowerBoundHistory).toHaveLength(26);
    for (let i = 1; i < lowerBoundHistory.length; i++) {
      expect(lowerBoundHistory[i]).toBeGreaterThanOrEqual(lowerBoundHistory[i - 1] - 1e-12);
    }
    expect(lowerBoundHistory[25]).toBe(lowerBound);
  });

  it('goes on from a fitted model as if it had not stopped', async () => {
    const options = { clusters: 4, covarianceType, tolerance: 0 };
    const two = await new GaussianMixture({ ...options, maxIterations: 2 }).fit(hazy);
    const one = await new GaussianMixture({ ...options, maxIterations: 1 }).fit(hazy);
    const again = await new GaussianMixture({ ...options, maxIterations: 1, init: one }).fit(hazy);
    expect(again.means).toEqual(two.means);
    expect(again.covariances).toEqual(two.covariances);
    expect(again.lowerBound).toBe(two.lowerBound);
    const rest = await new GaussianMixture({ clusters: 4, covarianceType, init: two }).fit(hazy);
    expect(rest.converged).toBe(true);
  });

  it('gives responsibilities that sum to 1 and peak at the label', async () => {
    const model = await new GaussianMixture({ clusters: 4, covarianceType, maxIterations: 3 }).fit(hazy);
    const { data, rows, columns } = await model.predictProba(hazy);
    for (let i = 0; i < rows; i++) {
      const row = Array.from(data.subarray(i * columns, (i + 1) * columns));
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
      expect(row.indexOf(Math.max(...row))).toBe(model.labels[i]);
    }
    expect(await model.predict(hazy)).toEqual(model.labels);
    const scores = await model.scoreSamples(hazy);
    expect(scores.reduce((sum, value) => sum + value, 0) / rows).toBeCloseTo(await model.score(hazy), 6);
    expect(await model.score(hazy)).toBeCloseTo(model.lowerBound, 12);
  });

  it('has precisions that are the inverses of its covariances', async () => {
    const model = await new GaussianMixture({ clusters: 3, covarianceType }).fit(points);
    const precisions = model.precisions();
    if (covarianceType === 'diag' || covarianceType === 'spherical') {
      precisions.forEach((value, i) => {
        expect(value * model.covariances[i]).toBeCloseTo(1, 12);
      });
      return;
    }
    for (let block = 0; block < precisions.length; block += 9) {
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          let sum = 0;
          for (let k = 0; k < 3; k++) {
            sum += precisions[block + 3 * i + k] * model.covariances[block + 3 * k + j];
          }
          expect(sum).toBeCloseTo(i === j ? 1 : 0, 11);
        }
      }
    }
  });

  it('samples points that show its parameters', async () => {
    const model = await new GaussianMixture({ clusters: 3, covarianceType }).fit(points);
    const sample = model.sample(6000, 1);
    expect(sample.points.rows).toBe(6000);
    expect(model.sample(6000, 1)).toEqual(sample);
    expect(sample.labels.every((label, i) => i === 0 || sample.labels[i - 1] <= label)).toBe(true);
    const refit = await new GaussianMixture({ clusters: 3, covarianceType, init: model }).fit(sample.points);
    refit.means.forEach((mean, i) => {
      expect(Math.abs(mean - model.means[i])).toBeLessThan(0.15);
    });
    refit.covariances.forEach((value, i) => {
      expect(Math.abs(value - model.covariances[i])).toBeLessThan(0.15);
    });
    expect(adjustedRandIndex(sample.labels, refit.labels)).toBeGreaterThan(0.95);
  });

  it('predicts the same after a round trip through its state', async () => {
    const options = { clusters: 3, covarianceType, scaling: 'standardize' } as const;
    const model = await new GaussianMixture(options).fit(points);
    const copy = GaussianMixtureModel.fromState(model.toState());
    expect(copy.toState()).toEqual(model.toState());
    expect(await copy.predict(points)).toEqual(model.labels);
    expect(await copy.score(points)).toBeCloseTo(model.lowerBound, 12);
  });

  it.each([-70, 70])('does not depend on the scale of the weights: 2^%i', async (exponent) => {
    const weights = sampleWeights(hazy.rows, 8);
    const scaled = weights.map((weight) => weight * 2 ** exponent);
    const options = { clusters: 3, covarianceType, maxIterations: 5 };
    const expected = await new GaussianMixture(options).fit(hazy, { weights });
    const model = await new GaussianMixture(options).fit(hazy, { weights: scaled });
    expect(model.means).toEqual(expected.means);
    expect(model.covariances).toEqual(expected.covariances);
    expect(model.lowerBound).toBe(expected.lowerBound);
    expect(await model.score(hazy, { weights: scaled })).toBe(expected.lowerBound);
  });

  it('counts weights like repeated points', async () => {
    const counts = Array.from({ length: hazy.rows }, (_, i) => 1 + (i % 3));
    const repeated = matrixFromRows(
      counts.flatMap((count, i) => Array.from({ length: count }, () => rowOf(hazy, i))),
    );
    const init = await new GaussianMixture({ clusters: 3, covarianceType, maxIterations: 0 }).fit(hazy);
    const options = { clusters: 3, covarianceType, init, maxIterations: 5, tolerance: 0 };
    const weights = Float32Array.from(counts);
    const one = await new GaussianMixture(options).fit(hazy, { weights });
    const two = await new GaussianMixture(options).fit(repeated);
    expect(one.lowerBound).toBeCloseTo(two.lowerBound, 10);
    expect(await one.bic(hazy, { weights })).toBeCloseTo(await two.bic(repeated), 6);
    one.means.forEach((mean, i) => {
      expect(mean).toBeCloseTo(two.means[i], 9);
    });
  });

  it('needs regCovar where points coincide', async () => {
    const same = matrixFromRows(Array.from({ length: 8 }, (_, i) => [i < 4 ? 0 : 1, 0]));
    const options = { clusters: 2, covarianceType, nInit: 2 };
    const fit = new GaussianMixture({ ...options, regCovar: 0 }).fit(same);
    await expect(fit).rejects.toThrow(SingularCovarianceError);
    await expect(fit).rejects.toThrow(/regCovar/);
    const model = await new GaussianMixture(options).fit(same);
    expect(adjustedRandIndex(model.labels, [0, 0, 0, 0, 1, 1, 1, 1])).toBe(1);
  });
});

describe('sufficient statistics', () => {
  const weights = sampleWeights(hazy.rows, 3);
  const fit = (covarianceType: CovarianceType) =>
    new GaussianMixture({ clusters: 1, covarianceType, regCovar: 0 }).fit(hazy, { weights });

  it('of one component are the weighted mean and covariance of the points', async () => {
    const { covariances, means } = await fit('full');
    const expected = weightedMoments(hazy, weights);
    means.forEach((mean, j) => {
      expect(mean).toBeCloseTo(expected.mean[j], 10);
    });
    covariances.forEach((value, j) => {
      expect(value).toBeCloseTo(expected.covariance[j], 10);
    });
  });

  it('agree between the covariance types', async () => {
    const full = (await fit('full')).covariances;
    const [tied, diag, spherical] = await Promise.all([fit('tied'), fit('diag'), fit('spherical')]);
    tied.covariances.forEach((value, j) => {
      expect(value).toBeCloseTo(full[j], 10);
    });
    expect(diag.covariances[0]).toBeCloseTo(full[0], 10);
    expect(diag.covariances[1]).toBeCloseTo(full[3], 10);
    expect(spherical.covariances[0]).toBeCloseTo((full[0] + full[3]) / 2, 10);
  });
});

describe('information criteria', () => {
  it.each([
    ['spherical', 13],
    ['diag', 21],
    ['tied', 26],
    ['full', 41],
  ] as const)(
    'count the parameters of two %s components in five dimensions',
    async (covarianceType, count) => {
      const model = await new GaussianMixture({ clusters: 2, covarianceType }).fit(blobs(40, 5, 2, 1).points);
      expect(model.parameterCount).toBe(count);
    },
  );

  it('do not depend on the type in one dimension with one component', async () => {
    const line = blobs(50, 1, 1, 9).points;
    const bics = await Promise.all(
      COVARIANCE_TYPES.map(async (covarianceType) =>
        (await new GaussianMixture({ clusters: 1, covarianceType }).fit(line)).bic(line),
      ),
    );
    for (const bic of bics) expect(bic).toBeCloseTo(bics[0], 8);
  });

  it('follow the entropy of the Gaussian the points came from', async () => {
    const [n, d] = [2000, 3];
    const cloud = blobs(n, d, 1, 4).points;
    const model = await new GaussianMixture({ clusters: 1 }).fit(cloud);
    const entropy = 0.5 * d * (1 + Math.log(2 * Math.PI));
    expect(Math.abs((await model.aic(cloud)) / (2 * n) - entropy)).toBeLessThan(d / Math.sqrt(n));
    expect(Math.abs((await model.bic(cloud)) / (2 * n) - entropy)).toBeLessThan(d / Math.sqrt(n));
  });
});

describe('starts', () => {
  it.each(GAUSSIAN_MIXTURE_INITS)('%s gives distinct means, also without iterations', async (init) => {
    const options = { clusters: 4, init, maxIterations: 0, seed: 2 };
    const model = await new GaussianMixture(options).fit(hazy);
    expect(new Set(Array.from({ length: 4 }, (_, k) => model.means[2 * k])).size).toBe(4);
    expect(model.iterations).toBe(0);
    expect(model.lowerBoundHistory).toEqual([model.lowerBound]);
    expect(model.warnings).toEqual([]);
    expect(await model.predict(hazy)).toEqual(model.labels);
    const fitted = await new GaussianMixture({ ...options, maxIterations: 100 }).fit(hazy);
    expect(fitted.lowerBound).toBeGreaterThan(model.lowerBound);
    expect((await new GaussianMixture(options).fit(hazy)).toState()).toEqual(model.toState());
  });

  it('never end less likely with more of them', async () => {
    let previous = -Infinity;
    for (const nInit of [1, 4, 8]) {
      const options = { clusters: 5, init: 'random-from-data', nInit, seed: 4 } as const;
      const { lowerBound } = await new GaussianMixture(options).fit(hazy);
      expect(lowerBound).toBeGreaterThanOrEqual(previous);
      previous = lowerBound;
    }
  });

  it('that fail give a warning, and do not spoil the others', async () => {
    // Two equal points lie beside an even row of points: starts that give them their own component fail.
    const rows = [...Array.from({ length: 30 }, (_, i) => [i / 3]), [12], [12]];
    const options = { clusters: 4, regCovar: 0, nInit: 20 };
    const model = await new GaussianMixture(options).fit(matrixFromRows(rows));
    const failures = model.warnings.filter((warning) =>
      /^Start \d+ of 20 failed: .*positive definite/.test(warning),
    );
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.length).toBeLessThan(20);
    expect(Number.isFinite(model.lowerBound)).toBe(true);
  });

  it('warn when they did not converge', async () => {
    const model = await new GaussianMixture({ clusters: 4, maxIterations: 1 }).fit(hazy);
    expect(model.converged).toBe(false);
    expect(model.warnings).toEqual([expect.stringContaining('did not converge in 1 iterations')]);
  });

  it('from given parameters make several starts pointless', async () => {
    const init = await new GaussianMixture({ clusters: 2 }).fit(hazy);
    const model = await new GaussianMixture({ clusters: 2, init, nInit: 3 }).fit(hazy);
    expect(model.warnings).toEqual([expect.stringContaining('nInit = 3 was ignored')]);
  });
});

describe('few points', () => {
  it('are enough for one component', async () => {
    for (const covarianceType of COVARIANCE_TYPES) {
      const model = await new GaussianMixture({ clusters: 1, covarianceType }).fit(sliceRows(hazy, 0, 2));
      expect(Number.isFinite(model.lowerBound)).toBe(true);
    }
  });

  it('can each be predicted alone', async () => {
    const model = await new GaussianMixture({ clusters: 4 }).fit(hazy);
    expect(await model.predict(sliceRows(hazy, 7, 8))).toEqual(model.labels.slice(7, 8));
  });
});

describe('bad input', () => {
  const identity = Float64Array.of(1, 0, 0, 1);
  const good: GaussianMixtureParameters = {
    weights: Float64Array.of(1),
    means: Float64Array.of(0, 0),
    covariances: identity,
  };

  it.each<[string, GaussianMixtureOptions]>([
    ['no clusters', { clusters: 0 }],
    ['an unknown covariance type', { clusters: 1, covarianceType: 'banded' as never }],
    ['a negative regCovar', { clusters: 1, regCovar: -1 }],
    ['a NaN tolerance', { clusters: 1, tolerance: NaN }],
    ['half an iteration', { clusters: 1, maxIterations: 0.5 }],
    ['no start', { clusters: 1, nInit: 0 }],
    ['an unknown init', { clusters: 1, init: 'best' as never }],
    ['a fractional seed', { clusters: 1, seed: 0.5 }],
  ])('is refused: %s', (_, options) => {
    expect(() => new GaussianMixture(options)).toThrow(InvalidArgumentError);
  });

  it.each<[string, Partial<GaussianMixtureParameters>, new (...args: never[]) => Error]>([
    ['weights that do not sum to 1', { weights: Float64Array.of(0.9) }, InvalidArgumentError],
    ['means of another shape', { means: Float64Array.of(0) }, ShapeError],
    ['a NaN mean', { means: Float64Array.of(0, NaN) }, InvalidArgumentError],
    ['covariances of another shape', { covariances: Float64Array.of(1, 1) }, ShapeError],
    ['an asymmetric covariance', { covariances: Float64Array.of(2, 1, 0, 2) }, InvalidArgumentError],
    ['an indefinite covariance', { covariances: Float64Array.of(1, 2, 2, 1) }, SingularCovarianceError],
  ])('is refused by fit: %s', async (_, change, kind) => {
    const mixture = new GaussianMixture({ clusters: 1, init: { ...good, ...change } });
    await expect(mixture.fit(hazy)).rejects.toThrow(kind);
  });

  it('is refused by fit: more components than points, NaN, useless weights', async () => {
    const fit = (data: Matrix, weights?: Float32Array) =>
      new GaussianMixture({ clusters: 3 }).fit(data, { weights });
    await expect(fit(matrixFromRows([[1], [2]]))).rejects.toThrow(InvalidArgumentError);
    await expect(fit(matrixFromRows([[1], [2], [NaN]]))).rejects.toThrow(DataError);
    await expect(fit(points, Float32Array.of(1))).rejects.toThrow(ShapeError);
    await expect(fit(points, new Float32Array(points.rows))).rejects.toThrow(InvalidArgumentError);
  });

  it('is refused by the model', async () => {
    const model = await new GaussianMixture({ clusters: 2 }).fit(hazy);
    expect(() => model.sample(0)).toThrow(InvalidArgumentError);
    await expect(model.predict(points)).rejects.toThrow(ShapeError);
    const far = matrixFromRows([[1e200, 0]]);
    await expect(model.predict(far)).rejects.toThrow(DataError);
    await expect(model.predictProba(far)).rejects.toThrow(DataError);
    await expect(model.scoreSamples(far)).rejects.toThrow(DataError);
    await expect(model.score(far)).rejects.toThrow(DataError);
    expect(() => GaussianMixtureModel.fromState({ ...model.toState(), type: 'kmeans' })).toThrow(DataError);
  });

  it.each<[string, Tensor]>([
    ['weights', { data: Float64Array.of(0.5, 0.6), shape: [2] }],
    ['means', { data: Float64Array.of(0, 0, 1, NaN), shape: [2, 2] }],
    ['covariances', { data: Float64Array.of(1, 1, 1, -1), shape: [2, 2] }],
    ['labels', { data: Uint32Array.of(2), shape: [1] }],
  ])('is refused in a state: %s', async (name, tensor) => {
    const model = await new GaussianMixture({ clusters: 2, covarianceType: 'diag' }).fit(hazy);
    const state = model.toState();
    const damaged = { ...state, tensors: { ...state.tensors, [name]: tensor } };
    expect(() => GaussianMixtureModel.fromState(damaged)).toThrow(DataError);
  });
});

describe('a long fit', () => {
  it('reports its progress and stops when it is aborted', async () => {
    const seen: Progress[] = [];
    const controller = new AbortController();
    const fit = new GaussianMixture({ clusters: 5, tolerance: 0 }).fit(hazy, {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.phase === 'iterations') controller.abort(new Error('enough'));
      },
    });
    await expect(fit).rejects.toThrow('enough');
    const initializing = seen.filter(({ phase }) => phase === 'initializing');
    expect(initializing.length).toBeGreaterThan(1);
    for (const progress of initializing) expect(progress).toMatchObject({ completed: 0, total: 1 });
    expect(initializing[initializing.length - 1].message).toMatch(/^inertia/);
    expect(seen.at(-1)).toMatchObject({ phase: 'iterations', completed: 8, total: 100 });
  });
});

function rowOf(source: Matrix, i: number): number[] {
  return Array.from(source.data.subarray(i * source.columns, (i + 1) * source.columns));
}

function weightedMoments(source: Matrix, weights: Float32Array): { mean: number[]; covariance: number[] } {
  const { rows, columns, data } = source;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (value: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += weights[i] * value(i);
    return sum / total;
  };
  const mean = Array.from({ length: columns }, (_, j) => average((i) => data[i * columns + j]));
  const centered = (i: number, j: number) => data[i * columns + j] - mean[j];
  const covariance = Array.from({ length: columns * columns }, (_, at) =>
    average((i) => centered(i, Math.floor(at / columns)) * centered(i, at % columns)),
  );
  return { mean, covariance };
}
