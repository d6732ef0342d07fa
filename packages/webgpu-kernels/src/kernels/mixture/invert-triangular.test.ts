import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, normals, RUNNING } from '../../testing/mixture-values.ts';
import { packDoubles } from '../common/double-float.ts';
import { invertTriangularGrid, invertTriangularKernel } from './invert-triangular.ts';

describe('invert-triangular', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1],
    [5, 3],
    [65, 1],
    [32, 2],
  ])('%i columns, %i matrices', async (columns, covariances) => {
    const size = columns * columns;
    const lower = Float64Array.from(normals(covariances * size, 1), (value, at) => {
      const i = Math.floor((at % size) / columns);
      return i === at % columns ? 2 + Math.abs(value) : value / Math.sqrt(columns);
    });
    const results = await runKernel(device.context, invertTriangularKernel, {
      grid: invertTriangularGrid({ columns, covariances }),
      buffers: {
        state: RUNNING,
        cholesky: packDoubles(lower),
        factors: new Float32Array(covariances * size),
        model: modelBytes(columns, covariances),
      },
    });
    const inverse = new Float32Array(results.factors);
    for (let m = 0; m < covariances; m++) {
      for (let i = 0; i < columns; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let l = j; l <= i; l++) {
            product += inverse[m * size + i * columns + l] * lower[m * size + l * columns + j];
          }
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-6);
        }
      }
    }
  });
});
