import { describe, expect, it } from 'vitest';
import {
  DataError,
  entropy,
  InvalidArgumentError,
  matrix,
  matrixFromRows,
  pairwiseDistances,
  ShapeError,
  silhouetteSamples,
  silhouetteScore,
  type DistanceMetric,
} from '@shoal/core';
import fixture from './fixtures/estimators.json' with { type: 'json' };

const a = matrixFromRows(fixture.distances.a);
const b = matrixFromRows(fixture.distances.b);

describe.each(fixture.distances.metrics)('$metric distances as in scikit-learn', (expected) => {
  const metric = expected.metric as DistanceMetric;

  it('between two sets of points, and within one', () => {
    const between = pairwiseDistances(a, b, { metric });
    expect([between.rows, between.columns]).toEqual([12, 7]);
    expectClose(between.data, expected.between);
    const within = pairwiseDistances(a, undefined, { metric });
    expectClose(within.data, expected.within);
    for (let i = 0; i < 12; i++) {
      expect(within.data[i * 13]).toBe(0);
      for (let j = 0; j < i; j++) expect(within.data[i * 12 + j]).toBe(within.data[j * 12 + i]);
    }
  });

  it('give silhouettes, as their matrix does', async () => {
    const { labels } = fixture.distances;
    const samples = await silhouetteSamples(a, labels, { metric });
    expectClose(samples, expected.silhouettes);
    const distances = pairwiseDistances(a, a, { metric });
    expectClose(await silhouetteSamples(distances, labels, { metric: 'precomputed' }), expected.silhouettes);
    const mean = samples.reduce((sum, value) => sum + value, 0) / 12;
    expect(await silhouetteScore(a, labels, { metric, sampleSize: 12 })).toBeCloseTo(mean, 12);
  });
});

describe('pairwiseDistances', () => {
  it('keep the digits of points far from the origin, and of almost equal directions', () => {
    const far = matrixFromRows([
      [1e8, 1e8],
      [1e8 + 3, 1e8 + 4],
    ]);
    expect(pairwiseDistances(far).data[1]).toBe(5);
    // 1 - cos(1e-9) = 5e-19 is below the rounding of 1.
    const angle = matrixFromRows([
      [1, 0],
      [1, 1e-9],
    ]);
    expect(pairwiseDistances(angle, angle, { metric: 'cosine' }).data[1] / 5e-19).toBeCloseTo(1, 6);
  });

  it('read bytes with their scale, and points of zeros', () => {
    const bytes = matrix(Uint8Array.of(0, 0, 3, 4), 2, 2, 0.5);
    expect(Array.from(pairwiseDistances(bytes).data)).toEqual([0, 2.5, 2.5, 0]);
    expect(Array.from(pairwiseDistances(bytes, bytes, { metric: 'cosine' }).data)).toEqual([0, 1, 1, 0]);
  });

  it('refuse points without a distance', () => {
    expect(() => pairwiseDistances(a, matrixFromRows([[1]]))).toThrow(ShapeError);
    expect(() => pairwiseDistances(matrixFromRows([[NaN]]))).toThrow(DataError);
    expect(() => pairwiseDistances(matrixFromRows([[-1e200], [1e200]]))).toThrow(DataError);
    expect(() => pairwiseDistances([1] as never)).toThrow(InvalidArgumentError);
    expect(() => pairwiseDistances(a, b, { metric: 'canberra' as never })).toThrow(InvalidArgumentError);
  });
});

describe('entropy', () => {
  it.each(fixture.entropies)('of $labels is as in scikit-learn', ({ labels, entropy: expected }) => {
    expect(entropy(labels)).toBeCloseTo(expected, 14);
  });

  it('takes strings, and no labels at all', () => {
    expect(entropy(['a', 'b'])).toBeCloseTo(Math.LN2, 15);
    expect(entropy([])).toBe(0);
    expect(() => entropy('ab')).toThrow(InvalidArgumentError);
  });
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(5.1e-9 * Math.max(1, Math.abs(value)));
  });
}
