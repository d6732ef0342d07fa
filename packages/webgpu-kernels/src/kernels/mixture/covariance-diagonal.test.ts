import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, normals, positives, RUNNING } from '../../testing/mixture-values.ts';
import { covarianceDiagonalGrid, covarianceDiagonalKernel } from './covariance-diagonal.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';

describe('covariance-diagonal', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (
    columns: number,
    components: number,
    variances: number,
    data: { moments: Float64Array; means: Float32Array; deltas: Float32Array; regCovar: number },
  ): Promise<Float64Array> => {
    const results = await runKernel(device.context, covarianceDiagonalKernel, {
      grid: covarianceDiagonalGrid({ components, variances }),
      buffers: {
        moments: packDoubles(data.moments),
        means: data.means,
        deltas: packDoubles(data.deltas),
        state: RUNNING,
        covariances: new Float32Array(2 * components * variances),
        model: modelBytes(columns, components, { variances, regCovar: data.regCovar }),
      },
    });
    return unpackDoubles(new Float32Array(results.covariances));
  };

  it.each([
    [1, 1, false],
    [33, 2, false],
    [7, 65, true],
  ])('%i columns, %i components, spherical: %s', async (columns, components, spherical) => {
    const stride = 1 + 2 * columns;
    const moments = Float64Array.from(positives(components * stride, 1), (value) => 100 * value);
    const deltas = normals(components * columns, 2).map((value) => value / 50);
    const variances = spherical ? 1 : columns;
    const regCovar = 1e-3;
    const actual = await run(columns, components, variances, {
      moments,
      means: normals(components * columns, 3),
      deltas,
      regCovar,
    });
    for (let k = 0; k < components; k++) {
      const expected = Array.from({ length: columns }, (_, j) => {
        const second = moments[k * stride + 1 + columns + j] / moments[k * stride];
        return second - deltas[k * columns + j] ** 2 + regCovar;
      });
      const mean = expected.reduce((sum, value) => sum + value, 0) / columns;
      for (const [j, value] of (spherical ? [mean] : expected).entries()) {
        expect(Math.abs(actual[k * variances + j] - value)).toBeLessThan(1e-11 * (1 + value));
      }
    }
  });

  it('never falls below regCovar, and treats rounding as zero variance', async () => {
    const moments = Float64Array.of(10, 0, 0, 1e-14, 0.4);
    const means = Float32Array.of(1, 1);
    const deltas = Float32Array.of(0, 0.3);
    expect(await run(2, 1, 2, { moments, means, deltas, regCovar: 0.5 })).toEqual(Float64Array.of(0.5, 0.5));
  });
});
