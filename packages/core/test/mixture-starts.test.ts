import { describe, expect, it } from 'vitest';
import {
  GaussianMixture,
  InvalidArgumentError,
  matrixFromRows,
  Random,
  ShapeError,
  SingularCovarianceError,
  type CovarianceType,
  type GaussianMixtureOptions,
} from '@shoal/core';
import fixture from './fixtures/estimators.json' with { type: 'json' };

describe.each(fixture.means)('given means of $covarianceType mixtures, as in scikit-learn', (expected) => {
  const points = matrixFromRows(expected.points);
  const covarianceType = expected.covarianceType as CovarianceType;
  const options = { clusters: 3, covarianceType, tolerance: 1e-12, maxIterations: 500 };

  it('lead to the same mixture, in their order', async () => {
    const meansInit = matrixFromRows(expected.meansInit);
    const model = await new GaussianMixture({ ...options, meansInit }).fit(points);
    expect(model.converged).toBe(true);
    expectClose(model.weights, expected.weights);
    expectClose(model.means, expected.means);
    expectClose(model.covariances, expected.covariances);
    expectClose([model.lowerBound], [expected.lowerBound]);
  });

  it('are the start', async () => {
    const meansInit = matrixFromRows(expected.meansInit);
    const model = await new GaussianMixture({ ...options, meansInit, maxIterations: 0 }).fit(points);
    const plain = await new GaussianMixture({ ...options, maxIterations: 0 }).fit(points);
    expect(Array.from(model.means)).toEqual(expected.meansInit.flat());
    expect(model.weights).toEqual(plain.weights);
    expect(model.covariances).toEqual(plain.covariances);
  });
});

describe('given means', () => {
  const points = matrixFromRows([
    [0, 0],
    [1, 2],
    [5, 5],
  ]);

  it('are refused when they do not fit', async () => {
    const means = matrixFromRows([
      [0, 0],
      [1, 1],
    ]);
    const init = await new GaussianMixture({ clusters: 2 }).fit(points);
    expect(() => new GaussianMixture({ clusters: 3, meansInit: means })).toThrow(ShapeError);
    expect(() => new GaussianMixture({ clusters: 2, init, meansInit: means })).toThrow(InvalidArgumentError);
    const narrow = new GaussianMixture({ clusters: 2, meansInit: matrixFromRows([[0], [1]]) });
    await expect(narrow.fit(points)).rejects.toThrow(ShapeError);
  });
});

describe('warnings of mixtures', () => {
  const COVARIANCES = ['full', 'tied', 'diag', 'spherical'] as const;
  const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(7 * i), Math.cos(3 * i) + i / 10]);

  it.each(COVARIANCES)('are absent for points that fill their components (%s)', async (covarianceType) => {
    const model = await new GaussianMixture({ clusters: 2, covarianceType }).fit(matrixFromRows(rows));
    expect(model.warnings).toEqual([]);
  });

  it.each(COVARIANCES)('name components without points (%s)', async (covarianceType) => {
    const equal = matrixFromRows(Array.from({ length: 10 }, () => [2, 3]));
    for (const init of ['kmeans', 'random', 'k-means++'] as const) {
      const model = await new GaussianMixture({ clusters: 2, covarianceType, init }).fit(equal);
      expect(new Set(model.labels).size).toBe(1);
      expect(model.warnings[0]).toContain('Only 1 of 2 components');
    }
  });

  it.each(['full', 'diag', 'spherical'] as const)(
    'name a collapsed component (%s)',
    async (covarianceType) => {
      const points = matrixFromRows([...rows, ...Array.from({ length: 9 }, () => [50, 50])]);
      const model = await new GaussianMixture({ clusters: 2, covarianceType }).fit(points);
      const k = model.labels[30];
      expect(model.warnings).toEqual([expect.stringContaining(`collapsed onto equal points (${k})`)]);
      const strict = new GaussianMixture({ clusters: 2, covarianceType, regCovar: 0 });
      await expect(strict.fit(points)).rejects.toThrow(SingularCovarianceError);
      await expect(strict.fit(points)).rejects.toThrow(
        /collapsed onto too few distinct points.*Raise regCovar/,
      );
    },
  );
});

it('a mixture warns of a regCovar that hides the points, as in degrees of longitude 100 m apart', async () => {
  const random = new Random(3);
  const places = Array.from({ length: 60 }, (_, i) => [
    13.4 + 0.0015 * (i % 2) + 1e-4 * random.normal(),
    52.5 + 1e-4 * random.normal(),
  ]);
  const fit = (options: GaussianMixtureOptions) => new GaussianMixture(options).fit(matrixFromRows(places));
  const { warnings } = await fit({ clusters: 2 });
  expect(warnings).toEqual([
    expect.stringContaining('regCovar, 0.000001, is more than half of the variance'),
  ]);
  expect((await fit({ clusters: 2, scaling: 'standardize' })).warnings).toEqual([]);
  expect((await fit({ clusters: 2, regCovar: 1e-12 })).warnings).toEqual([]);
});

describe('a mixture at once', () => {
  it('fits and predicts', async () => {
    const points = matrixFromRows([[0], [1], [7], [8]]);
    const mixture = new GaussianMixture({ clusters: 2 });
    expect(await mixture.fitPredict(points)).toEqual((await mixture.fit(points)).labels);
  });
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
  });
}
