import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import {
  modelBytes,
  normals,
  packLower,
  positiveDefinite,
  positives,
  RUNNING,
} from '../../testing/mixture-values.ts';
import { covarianceTriangularGrid, covarianceTriangularKernel } from './covariance-triangular.ts';
import { triangleSize } from './cross-moments.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';

describe('covariance-triangular', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1, false],
    [5, 3, false],
    [65, 2, true],
    [17, 4, true],
  ])('%i columns, %i components, tied: %s', async (columns, components, tied) => {
    const stride = 1 + 2 * columns;
    const size = triangleSize(columns);
    const covariances = tied ? 1 : components;
    const regCovar = 1e-6;
    const deltas = normals(components * columns, 1).map((value) => value / 3);
    const moments = new Float64Array(components * stride);
    positives(components, 2).forEach((weight, k) => (moments[k * stride] = 100 * weight));
    const cross = new Float64Array(components * size);
    for (let k = 0; k < components; k++) {
      const scatter = positiveDefinite(columns, k).map((value) => value * 100);
      cross.set(packLower(scatter, columns), k * size);
    }
    const results = await runKernel(device.context, covarianceTriangularKernel, {
      grid: covarianceTriangularGrid({ columns, covariances }),
      buffers: {
        moments: packDoubles(moments),
        crossMoments: packDoubles(cross),
        means: normals(components * columns, 3),
        deltas: packDoubles(deltas),
        state: RUNNING,
        covariances: new Float32Array(2 * covariances * size),
        model: modelBytes(columns, components, { covariances, regCovar }),
      },
    });
    const expected = new Float64Array(covariances * size);
    const counts = new Float64Array(covariances);
    for (let k = 0; k < components; k++) {
      const matrix = tied ? 0 : k;
      const weight = moments[k * stride] + 10 * Number.EPSILON;
      counts[matrix] += weight;
      let element = 0;
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j <= i; j++, element++) {
          const moved = deltas[k * columns + i] * deltas[k * columns + j];
          expected[matrix * size + element] += cross[k * size + element] - weight * moved;
        }
      }
    }
    const actual = unpackDoubles(new Float32Array(results.covariances));
    for (let matrix = 0; matrix < covariances; matrix++) {
      let element = matrix * size;
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j <= i; j++, element++) {
          const covariance = expected[element] / counts[matrix] + (i === j ? regCovar : 0);
          expect(Math.abs(actual[element] - covariance)).toBeLessThan(1e-11 * (1 + Math.abs(covariance)));
        }
      }
    }
  });

  it('treats a variance below the spacing of float32 coordinates as zero', async () => {
    const results = await runKernel(device.context, covarianceTriangularKernel, {
      grid: covarianceTriangularGrid({ columns: 1, covariances: 1 }),
      buffers: {
        moments: packDoubles([10, 0, 0]),
        crossMoments: packDoubles([1e-14]),
        means: Float32Array.of(1),
        deltas: packDoubles([0]),
        state: RUNNING,
        covariances: new Float32Array(2),
        model: modelBytes(1, 1),
      },
    });
    expect(unpackDoubles(new Float32Array(results.covariances))[0]).toBe(0);
  });
});
