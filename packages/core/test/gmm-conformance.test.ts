import { describe, expect, it } from 'vitest';
import { GaussianMixture, matrixFromRows, sliceRows, type CovarianceType } from '@shoal/core';
import fixture from './fixtures/gmm.json' with { type: 'json' };

/** Largest relative difference between float64 results of scikit-learn and ours. */
const TOLERANCE = 1e-6;

const points = matrixFromRows(fixture.points);

describe.each(fixture.cases)(
  'mixtures as in scikit-learn: $covarianceType, $maxIterations iterations',
  (expected) => {
    const fit = () =>
      new GaussianMixture({
        clusters: 3,
        covarianceType: expected.covarianceType as CovarianceType,
        tolerance: expected.tolerance,
        maxIterations: expected.maxIterations,
        init: {
          weights: Float64Array.from(fixture.initialWeights),
          means: Float64Array.from(fixture.initialMeans),
          covariances: Float64Array.from(expected.initialCovariances),
        },
      }).fit(points);

    it('finds the same parameters', async () => {
      const model = await fit();
      expectClose(model.weights, expected.weights);
      expectClose(model.means, expected.means);
      expectClose(model.covariances, expected.covariances);
      expectClose(model.precisions(), expected.precisions);
      expectClose([model.lowerBoundHistory[model.iterations - 1]], [expected.lowerBound]);
      expectClose([model.lowerBound], [expected.score]);
      expect(model.iterations).toBe(expected.iterations);
      expect(model.converged).toBe(expected.converged);
      expect(Array.from(model.labels)).toEqual(expected.labels);
    });

    it('scores and predicts the same', async () => {
      const model = await fit();
      const five = sliceRows(points, 0, 5);
      expect(Array.from(await model.predict(points))).toEqual(expected.labels);
      expectClose(await model.scoreSamples(five), expected.scoreSamples);
      expectClose((await model.predictProba(five)).data, expected.probabilities);
      expectClose(
        [await model.score(points), await model.bic(points), await model.aic(points)],
        [expected.score, expected.bic, expected.aic],
      );
    });
  },
);

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(value)));
  });
}
