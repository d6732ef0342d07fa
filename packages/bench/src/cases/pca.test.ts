import { matrixFromRows } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { explainedVarianceRatio, pca } from './pca.ts';

describe('the PCA case', () => {
  it('judges components by the share of variance along them', () => {
    const points = matrixFromRows([
      [1, 5],
      [3, 5],
      [2, 6],
      [2, 4],
    ]);
    expect(explainedVarianceRatio(points, [1, 0])).toBeCloseTo(0.5, 12);
    expect(explainedVarianceRatio(points, [1, 0, 0, 1])).toBeCloseTo(1, 12);
    expect(explainedVarianceRatio(points, [0.6, 0.8])).toBeCloseTo(0.5, 12);
  });

  it('measures 32 components of the images', () => {
    expect(pca.workloads(false)[0].parameters).toMatchObject({
      rows: 60_000,
      columns: 784,
      components: 32,
    });
  });
});
