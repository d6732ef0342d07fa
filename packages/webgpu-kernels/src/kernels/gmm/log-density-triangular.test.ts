import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { forPoints } from '../../points/access.ts';
import { blockBytes, HALTED, normals, RUNNING, testBlock } from '../../testing/gmm-values.ts';
import { logDensityTriangularGrid, logDensityTriangularKernel } from './log-density-triangular.ts';

describe('log-density-triangular', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const inputs = (rows: number, columns: number, components: number, tied: boolean) => {
    const block = testBlock(rows, columns, components, { factorStride: tied ? 0 : columns * columns });
    return {
      block,
      buffers: {
        points: normals(rows * columns, 1),
        means: normals(components * columns, 2),
        factors: normals((tied ? 1 : components) * columns * columns, 3),
        coefficients: normals(components, 4),
        state: RUNNING,
        logDensities: new Float32Array(components * block.capacity),
        block: blockBytes(block),
      },
    };
  };

  it.each([
    [1, 1, 1, false],
    [63, 31, 2, false],
    [64, 32, 1, true],
    [65, 33, 3, true],
    [130, 50, 2, false],
  ])('%i points in %i columns, %i components, tied: %s', async (rows, columns, components, tied) => {
    const { block, buffers } = inputs(rows, columns, components, tied);
    const { points, means, factors, coefficients } = buffers;
    const { logDensities } = await runKernel(device.context, forPoints(logDensityTriangularKernel, 'f32'), {
      grid: logDensityTriangularGrid(block),
      buffers,
    });
    const actual = new Float32Array(logDensities);
    for (let k = 0; k < components; k++) {
      for (let row = 0; row < rows; row++) {
        let squares = 0;
        for (let i = 0; i < columns; i++) {
          let y = 0;
          for (let j = 0; j <= i; j++) {
            const factor = factors[k * block.factorStride + i * columns + j];
            y += factor * (points[row * columns + j] - means[k * columns + j]);
          }
          squares += y * y;
        }
        const expected = coefficients[k] - squares / 2;
        const error = Math.abs(actual[k * block.capacity + row] - expected);
        expect(error).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
      }
    }
  });

  it('leaves everything as it is once the run has halted', async () => {
    const { block, buffers } = inputs(5, 3, 2, false);
    const { logDensities } = await runKernel(device.context, forPoints(logDensityTriangularKernel, 'f32'), {
      grid: logDensityTriangularGrid(block),
      buffers: { ...buffers, state: HALTED },
    });
    expect(new Float32Array(logDensities).every((value) => value === 0)).toBe(true);
  });
});
