import { describe, expect, it } from 'vitest';
import { matrixFromRows, Pca, sliceRows } from '@shoal/core';
import fixture from './fixtures/pca.json' with { type: 'json' };

/** Largest difference from scikit-learn's full decomposition when ours is full too, relative to the largest value. */
const TOLERANCE = 1e-7;

/** The same after the usual number of iterations of a subspace. */
const ITERATED_TOLERANCE = 1e-3;

describe.each(fixture.cases)('principal components as in scikit-learn: $name', (expected) => {
  const points = matrixFromRows(expected.points);
  const weights = expected.weights ? Float32Array.from(expected.weights) : undefined;
  const { components, whiten } = expected;

  it.each([
    ['of the whole covariance', points.columns, TOLERANCE],
    ['of an iterated subspace', 10, ITERATED_TOLERANCE],
  ])('%s', async (_, oversampling, tolerance) => {
    const model = await new Pca({ components, whiten, oversampling }).fit(points, { weights });
    expectClose(model.mean, expected.mean, TOLERANCE);
    expectClose(model.explainedVariance, expected.explainedVariance, tolerance);
    expectClose(model.explainedVarianceRatio, expected.explainedVarianceRatio, tolerance);
    expectClose(model.singularValues, expected.singularValues, tolerance);
    const noise = Math.abs(model.noiseVariance - expected.noiseVariance);
    expect(noise).toBeLessThanOrEqual(tolerance * expected.explainedVariance[0]);

    const signs = signsOf(model.components.data, expected.vectors, components);
    const turned = (values: ArrayLike<number>, componentOf: (at: number) => number): number[] =>
      Array.from(values, (value, at) => value * signs[componentOf(at)]);
    expectClose(
      turned(model.components.data, (at) => Math.floor(at / points.columns)),
      expected.vectors,
      tolerance,
    );
    const codes = await model.transform(sliceRows(points, 0, 4));
    expect([codes.rows, codes.columns]).toEqual([4, components]);
    expectClose(
      turned(codes.data, (at) => at % components),
      expected.codes,
      tolerance,
    );
    expectClose((await model.inverseTransform(codes)).data, expected.restored, tolerance);
  });
});

/** 1 when a component points in the same direction as scikit-learn's, else -1. */
function signsOf(actual: ArrayLike<number>, expected: readonly number[], components: number): number[] {
  const columns = expected.length / components;
  return Array.from({ length: components }, (_, c) => {
    let product = 0;
    for (let j = c * columns; j < (c + 1) * columns; j++) product += actual[j] * expected[j];
    return Math.sign(product);
  });
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(tolerance * largest);
  });
}
