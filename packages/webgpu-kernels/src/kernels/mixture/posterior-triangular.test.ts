import { describe, expect, it } from 'vitest';
import { forPoints } from '../../points/access.ts';
import { HALTED, normals, testBlock } from '../../testing/mixture-values.ts';
import {
  expectPosterior,
  meansAndCoefficients,
  runPosterior,
  type PosteriorCase,
} from '../../testing/posterior.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  planPosteriorTriangular,
  posteriorTriangularConstants,
  posteriorTriangularGrid,
  posteriorTriangularKernel,
} from './posterior-triangular.ts';

describe('posterior-triangular', () => {
  const device = useTestDevice();

  it.each([
    [1, 1, 1, false, false],
    [63, 31, 2, false, true],
    [130, 32, 3, true, false],
    [520, 3, 7, false, false],
    [65, 33, 3, true, true],
    [300, 17, 5, false, true],
    [130, 70, 2, false, false],
  ])('%i points in %i columns, %i components, tied: %s, weighted: %s', async (...shape) => {
    const [rows, columns, components, tied, weighted] = shape;
    await expectPosterior(device.context, triangularCase(rows, columns, components, { tied, weighted }));
  });

  it('changes nothing after the run has halted', async () => {
    const each = { ...triangularCase(5, 3, 2, {}), state: HALTED };
    const { responsibilities, partials } = await runPosterior(device.context, each);
    expect([...responsibilities, ...partials[0]].every((value) => value === 0)).toBe(true);
  });
});

function triangularCase(
  rows: number,
  columns: number,
  components: number,
  { tied = false, weighted = false },
): PosteriorCase {
  const factorStride = tied ? 0 : columns * columns;
  const block = testBlock(rows, columns, components, { factorStride });
  const points = normals(rows * columns, 1);
  const means = meansAndCoefficients(columns, components);
  // Precisions so small that several components share each point.
  const factors = normals((tied ? 1 : components) * columns * columns, 3).map((value) => value / columns);
  const plan = planPosteriorTriangular(columns);
  return {
    kernel: forPoints(posteriorTriangularKernel, 'f32'),
    constants: posteriorTriangularConstants(plan),
    grid: posteriorTriangularGrid(plan, block),
    tileRows: plan.rows,
    block,
    points,
    means,
    factors,
    weighted,
    square(row, k) {
      let sum = 0;
      for (let i = 0; i < columns; i++) {
        let y = 0;
        for (let j = 0; j <= i; j++) {
          const factor = factors[k * factorStride + i * columns + j];
          y += factor * (points[row * columns + j] - means[k * columns + j]);
        }
        sum += y * y;
      }
      return sum;
    },
  };
}
