import { describe, expect, it } from 'vitest';
import { forPoints } from '../../points/access.ts';
import { HALTED, normals, positives, testBlock } from '../../testing/mixture-values.ts';
import {
  expectPosterior,
  meansAndCoefficients,
  runPosterior,
  type PosteriorCase,
} from '../../testing/posterior.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  planPosteriorDiagonal,
  posteriorDiagonalConstants,
  posteriorDiagonalGrid,
  posteriorDiagonalKernel,
} from './posterior-diagonal.ts';

describe('posterior-diagonal', () => {
  const device = useTestDevice();

  it.each([
    [1, 1, 1, false, false],
    [63, 31, 4, false, true],
    [257, 32, 3, true, false],
    [65, 65, 17, false, true],
    [130, 8, 64, true, false],
    [70, 5, 100, false, true],
    [40, 3, 65, false, false],
  ])('%i points in %i columns, %i components, spherical: %s, weighted: %s', async (...shape) => {
    const [rows, columns, components, spherical, weighted] = shape;
    await expectPosterior(device.context, diagonalCase(rows, columns, components, { spherical, weighted }));
  });

  it('stays finite for a point at any distance', async () => {
    const each = diagonalCase(2, 2, 3, {});
    each.points.fill(1e18, 0, 2);
    const { responsibilities, logLikelihoods } = await runPosterior(device.context, each);
    const { capacity } = each.block;
    const shares = [0, 1, 2].map((k) => responsibilities[k * capacity]);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 6);
    expect(Number.isFinite(logLikelihoods[0])).toBe(true);
  });

  it('gives the lowest of equal components as label', async () => {
    const each = diagonalCase(3, 1, 9, {});
    each.means.fill(0);
    each.factors.fill(1);
    const { labels } = await runPosterior(device.context, each);
    expect([...labels.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('changes nothing after the run has halted', async () => {
    const each = { ...diagonalCase(5, 3, 2, {}), state: HALTED };
    const { responsibilities, partials } = await runPosterior(device.context, each);
    expect([...responsibilities, ...partials[0]].every((value) => value === 0)).toBe(true);
  });

  it('plans few unused components past the last', () => {
    expect(planPosteriorDiagonal(10)).toEqual({ lanes: 1, groups: 3, rows: 256 });
    expect(planPosteriorDiagonal(64)).toEqual({ lanes: 4, groups: 4, rows: 64 });
    for (let components = 1; components < 300; components++) {
      const { lanes, groups } = planPosteriorDiagonal(components);
      const tile = 4 * lanes * groups;
      expect(Math.ceil(components / tile) * tile - components).toBeLessThan(16 + components / 2);
    }
  });
});

function diagonalCase(
  rows: number,
  columns: number,
  components: number,
  { spherical = false, weighted = false },
): PosteriorCase {
  const factorStride = spherical ? 1 : columns;
  const block = testBlock(rows, columns, components, { factorStride });
  const points = normals(rows * columns, 1);
  const means = meansAndCoefficients(columns, components);
  const factors = positives(components * factorStride, 3);
  const plan = planPosteriorDiagonal(components);
  return {
    kernel: forPoints(posteriorDiagonalKernel, 'f32'),
    constants: posteriorDiagonalConstants(plan),
    grid: posteriorDiagonalGrid(plan, block),
    tileRows: plan.rows,
    block,
    points,
    means,
    factors,
    weighted,
    square(row, k) {
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const factor = factors[k * factorStride + (spherical ? 0 : j)];
        sum += (factor * (points[row * columns + j] - means[k * columns + j])) ** 2;
      }
      return sum;
    },
  };
}
