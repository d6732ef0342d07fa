import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { forPoints } from '../../points/access.ts';
import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/gmm-values.ts';
import { logDensityDiagonalGrid, logDensityDiagonalKernel } from './log-density-diagonal.ts';

describe('log-density-diagonal', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1, 1, false],
    [63, 31, 4, false],
    [64, 32, 3, true],
    [65, 65, 5, false],
  ])(
    '%i points in %i columns, %i components, spherical: %s',
    async (rows, columns, components, spherical) => {
      const factorStride = spherical ? 1 : columns;
      const block = testBlock(rows, columns, components, { factorStride });
      const points = normals(rows * columns, 1);
      const means = normals(components * columns, 2);
      const factors = positives(components * factorStride, 3);
      const coefficients = normals(components, 4);
      const { logDensities } = await runKernel(device.context, forPoints(logDensityDiagonalKernel, 'f32'), {
        grid: logDensityDiagonalGrid(block),
        buffers: {
          points,
          means,
          factors,
          coefficients,
          state: RUNNING,
          logDensities: new Float32Array(components * block.capacity),
          block: blockBytes(block),
        },
      });
      const actual = new Float32Array(logDensities);
      for (let k = 0; k < components; k++) {
        for (let row = 0; row < rows; row++) {
          let squares = 0;
          for (let j = 0; j < columns; j++) {
            const factor = factors[k * factorStride + (spherical ? 0 : j)];
            squares += (factor * (points[row * columns + j] - means[k * columns + j])) ** 2;
          }
          const expected = coefficients[k] - squares / 2;
          const error = Math.abs(actual[k * block.capacity + row] - expected);
          expect(error).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
        }
      }
    },
  );
});
