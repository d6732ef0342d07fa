import { describe, expect, it } from 'vitest';
import { DataError, matrix, matrixFromRows, Pca, PcaModel, type MatrixData } from '@shoal/core';
import fixture from './fixtures/estimators.json' with { type: 'json' };

describe('components of few columns', () => {
  const points = matrixFromRows(fixture.columns.points);

  it('are those of the whole covariance, by default', async () => {
    const model = await new Pca({ components: 2 }).fit(points);
    expectClose(model.explainedVariance, fixture.columns.explainedVariance, 1e-8);
    for (const c of [0, 1]) {
      const own = model.components.data.subarray(20 * c, 20 * c + 20);
      const expected = fixture.columns.vectors.slice(20 * c, 20 * c + 20);
      const sign = Math.sign(expected.reduce((sum, value, j) => sum + value * own[j], 0));
      expectClose(
        own.map((value) => value * sign),
        expected,
        1e-8,
      );
    }
  });

  it.each(fixture.columns.shares)(
    'hold $share of the variance by $components',
    async ({ share, components }) => {
      const model = await new Pca({ components: share }).fit(points);
      expect(model.components.rows).toBe(components);
      const ratios = model.explainedVarianceRatio;
      const held = ratios.reduce((sum, ratio) => sum + ratio, 0);
      expect(held).toBeGreaterThan(share);
      expect(held - ratios[components - 1]).toBeLessThanOrEqual(share);
    },
  );

  it.each([null, undefined])('are all of them when %s are asked for', async (components) => {
    const model = await new Pca({ components }).fit(points);
    expect(model.components.rows).toBe(fixture.columns.all);
    const few = matrix(points.data.subarray(0, 100), 5, 20);
    expect((await new Pca({ components }).fit(few)).components.rows).toBe(5);
    const weights = [1, 1, 0, 2, 0];
    expect((await new Pca({ components }).fit(few, { weights })).components.rows).toBe(3);
  });

  it('come with their codes at once', async () => {
    const pca = new Pca({ components: 2 });
    const codes = await pca.fitTransform(points);
    expect(codes).toEqual(await (await pca.fit(points)).transform(points));
  });
});

describe.each(fixture.densities)('$components components as a density, as in scikit-learn', (expected) => {
  const points = matrixFromRows(expected.points);
  const others = matrixFromRows(expected.others);
  const fit = (whiten = false) => new Pca({ components: expected.components, whiten }).fit(points);

  it('have its covariance and precision', async () => {
    const model = await fit();
    expectClose(model.covariance(), expected.covariance, 1e-8);
    expectClose(model.precision(), expected.precision, 1e-7);
  });

  it.each([false, true])('score points as it does (whiten %s)', async (whiten) => {
    const model = await fit(whiten);
    expectClose(await model.scoreSamples(others), expected.scoreSamples, 1e-6);
    expect(Math.abs((await model.score(others)) / expected.score - 1)).toBeLessThan(1e-6);
    const weights = [0, 3, 0, 1, 0];
    const wanted = (3 * expected.scoreSamples[1] + expected.scoreSamples[3]) / 4;
    expect(Math.abs((await model.score(others, { weights })) / wanted - 1)).toBeLessThan(1e-6);
  });
});

describe('a density that does not exist', () => {
  it('is refused', async () => {
    const line = matrixFromRows([
      [0, 1],
      [1, 1],
      [3, 1],
    ]);
    for (const components of [1, 2]) {
      const model = await new Pca({ components }).fit(line);
      expect(() => model.precision()).toThrow(DataError);
      await expect(model.scoreSamples(line)).rejects.toThrow(/singular/);
      expectClose(model.covariance(), [7 / 3, 0, 0, 0], 1e-12);
      expect(PcaModel.fromState(model.toState()).covariance()).toEqual(model.covariance());
    }
  });
});

function expectClose(actual: MatrixData, expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(tolerance * largest);
  });
}
