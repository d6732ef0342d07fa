import { describe, expect, it } from 'vitest';
import {
  adjustedRandIndex,
  BayesianMixture,
  BayesianMixtureModel,
  type CovarianceType,
  InvalidArgumentError,
  matrix,
  matrixFromRows,
  type WeightPrior,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import fixture from './fixtures/bayesian-gmm.json' with { type: 'json' };

const given = matrixFromRows(fixture.points);

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits);
  });
}

describe.each(fixture.cases)(
  'a Bayesian mixture as in scikit-learn: $covarianceType, $weightPrior',
  ({ start, lowerBounds, ...expected }) => {
    const posterior = {
      concentrations: Float64Array.from(start.concentrations),
      rests: Float64Array.from(start.rests),
      meanPrecisions: Float64Array.from(start.meanPrecisions),
      means: Float64Array.from(start.means),
      degreesOfFreedom: Float64Array.from(start.degreesOfFreedom),
      covariances: Float64Array.from(start.covariances),
    };
    const options = {
      clusters: fixture.components,
      concentration: fixture.concentration,
      covarianceType: expected.covarianceType as CovarianceType,
      weightPrior: expected.weightPrior as WeightPrior,
      tolerance: 0,
      maxIterations: lowerBounds.length,
    };

    it('has its lower bounds, parameters, labels and densities', async () => {
      const model = await new BayesianMixture({ ...options, init: { posterior } }).fit(given);
      expectClose(
        model.lowerBoundHistory.map((bound) => bound * given.rows),
        lowerBounds,
        4,
      );
      expectClose(model.weights, expected.weights, 6);
      expectClose(model.means, expected.means, 5);
      expect(Array.from(model.labels)).toEqual(expected.labels);
      const first = matrixFromRows(fixture.points.slice(0, 4));
      expectClose((await model.predictProba(first)).data, expected.probabilities, 5);
      expectClose(await model.scoreSamples(first), expected.scores, 4);
    });

    it('goes on from a fitted model as if it had not stopped', async () => {
      const two = await new BayesianMixture({ ...options, init: { posterior }, maxIterations: 2 }).fit(given);
      const one = await new BayesianMixture({ ...options, init: { posterior }, maxIterations: 1 }).fit(given);
      const saved = BayesianMixtureModel.fromState(structuredClone(one.toState()));
      expect(saved.toState()).toEqual(one.toState());
      const again = await new BayesianMixture({ ...options, init: saved, maxIterations: 1 }).fit(given);
      expect(again.posterior).toEqual(two.posterior);
      expect(again.lowerBound).toBe(two.lowerBound);
    });
  },
);

describe('a Bayesian mixture', () => {
  const { points, classes } = blobs(300, 3, 3, 21);

  it.each<WeightPrior>(['dirichlet-process', 'dirichlet'])(
    'finds the number of clusters: %s',
    async (weightPrior) => {
      const options = { clusters: 8, weightPrior, concentration: 1e-2, maxIterations: 500 };
      const model = await new BayesianMixture(options).fit(points);
      expect(model.usedClusters).toBe(3);
      expect(adjustedRandIndex(classes, model.labels)).toBe(1);
      expect(model.converged).toBe(true);
      expect(model.warnings).toEqual([]);
      expect(await model.predict(points)).toEqual(model.labels);
    },
  );

  it('never gets less likely', async () => {
    const { points: hazy } = blobs(200, 2, 4, 5, 4);
    const { lowerBoundHistory } = await new BayesianMixture({
      clusters: 5,
      tolerance: 0,
      maxIterations: 40,
    }).fit(hazy);
    for (let i = 1; i < lowerBoundHistory.length; i++) {
      expect(lowerBoundHistory[i]).toBeGreaterThanOrEqual(lowerBoundHistory[i - 1] - 1e-9);
    }
  });

  it('counts weights like repeated points', async () => {
    const repeated = matrixFromRows([...fixture.points, ...fixture.points]);
    const options = { clusters: 3, seed: 2, maxIterations: 5, tolerance: 0 };
    const init = await new BayesianMixture(options).fit(given);
    const one = await new BayesianMixture({ ...options, init }).fit(given, {
      weights: new Float32Array(given.rows).fill(2),
    });
    const two = await new BayesianMixture({ ...options, init }).fit(repeated);
    expectClose(one.means, Array.from(two.means), 9);
    expect(one.lowerBound).toBeCloseTo(two.lowerBound, 9);
  });

  it('labels its points again far from 0, with a constant column', async () => {
    const far = matrix(
      Float64Array.from(points.data, (value, at) => (at % 3 === 2 ? 5 : value + 1e7)),
      300,
      3,
    );
    const model = await new BayesianMixture({ clusters: 4, covarianceType: 'diag' }).fit(far);
    expect(await model.predict(far)).toEqual(model.labels);
    const again = await new BayesianMixture({ clusters: 4, covarianceType: 'diag', init: model }).fit(far);
    expect(again.iterations).toBeLessThan(4);
  });

  it('shows each iteration', async () => {
    const seen: number[] = [];
    let last: Uint32Array | undefined;
    const model = await new BayesianMixture({ clusters: 4, maxIterations: 6 }).fit(points, {
      async onIteration({ lowerBound, readLabels, readParameters }) {
        seen.push(lowerBound);
        last = await readLabels();
        expect((await readParameters()).weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      },
    });
    expect(seen).toEqual(model.lowerBoundHistory);
    expect(last).toEqual(model.labels);
  });

  it('refuses settings out of range', async () => {
    const make = (options: object) => () => new BayesianMixture({ clusters: 3, ...options });
    expect(make({ concentration: 0 })).toThrow(/concentration/);
    expect(make({ meanPrecision: -1 })).toThrow(/meanPrecision/);
    expect(make({ maxIterations: 0 })).toThrow(InvalidArgumentError);
    await expect(make({ degreesOfFreedom: 1 })().fit(points)).rejects.toThrow(
      /degreesOfFreedom must be above .* 2; got 1/,
    );
  });
});
