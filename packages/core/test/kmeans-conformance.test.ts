import { describe, expect, it } from 'vitest';
import { KMeans, matrix, matrixFromRows, type MatrixData } from '@shoal/core';
import fixture from './fixtures/kmeans.json' with { type: 'json' };

/** Largest relative difference between float64 results of scikit-learn and ours. */
const TOLERANCE = 1e-6;

describe.each(fixture.cases)('k-means as in scikit-learn: $name', (expected) => {
  const rows = matrixFromRows(expected.points);
  const asFloat32 = matrix(Float32Array.from(rows.data), rows.rows, rows.columns);

  it.each([
    ['float64', rows],
    ['float32', asFloat32],
  ])('gives the same clusters from %s points', async (_, points) => {
    const weights = expected.weights ? Float32Array.from(expected.weights) : undefined;
    const init = matrixFromRows(expected.init);
    const { tolerance, maxIterations } = expected;
    // Tolerance is relative to the weighted variance here; weighted cases use 0, where both agree.
    const model = await new KMeans({ clusters: init.rows, init, tolerance, maxIterations }).fit(points, {
      weights,
    });
    expect(Array.from(model.labels)).toEqual(expected.labels);
    expectClose(model.centroids.data, expected.centroids.flat());
    expectClose([model.inertia], [expected.inertia]);
    expect(model.iterations).toBe(expected.iterations);

    const first = matrixFromRows(expected.points.slice(0, 3));
    expectClose((await model.transform(first)).data, expected.transform.flat());
    const ten = matrixFromRows(expected.points.slice(0, 10));
    expectClose([await model.score(ten)], [expected.score]);
  });
});

describe('ml-kmeans, three columns', () => {
  it('finds the two clusters of its example in two iterations', async () => {
    const points = matrixFromRows([
      [1, 1, 1],
      [1, 2, 1],
      [-1, -1, -1],
      [-1, -1, -1.5],
    ]);
    const init = matrixFromRows([
      [1, 2, 1],
      [-1, -1, -1],
    ]);
    const model = await new KMeans({ clusters: 2, init }).fit(points);
    expect(Array.from(model.labels)).toEqual([0, 0, 1, 1]);
    expect(Array.from(model.centroids.data)).toEqual([1, 1.5, 1, -1, -1, -1.25]);
    expect(model.iterations).toBe(2);
    expect((await new KMeans({ clusters: 2, init, maxIterations: 1 }).fit(points)).converged).toBe(false);
    expect(await model.predict(matrixFromRows([[2, 2, 2]]))).toEqual(Uint32Array.of(0));
  });
});

function expectClose(actual: MatrixData | readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(value)));
  });
}
