import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, packLower, positiveDefinite, RUNNING } from '../../testing/mixture-values.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';
import { factorCovarianceGrid, factorCovarianceKernel } from './factor-covariance.ts';

describe('factor-covariance', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (matrices: readonly Float64Array[], columns: number) => {
    const covariances = matrices.length;
    const packed = matrices.flatMap((matrix) => Array.from(packLower(matrix, columns)));
    const results = await runKernel(device.context, factorCovarianceKernel, {
      grid: factorCovarianceGrid({ covariances }),
      buffers: {
        covariances: packDoubles(packed),
        state: RUNNING,
        cholesky: new Float32Array(2 * covariances * columns * columns),
        logDeterminants: new Float32Array(covariances),
        failures: new Uint32Array(covariances),
        model: modelBytes(columns, covariances),
      },
    });
    return {
      cholesky: unpackDoubles(new Float32Array(results.cholesky)),
      logDeterminants: new Float32Array(results.logDeterminants),
      failures: Array.from(new Uint32Array(results.failures)),
    };
  };

  it.each([
    [1, 1],
    [2, 3],
    [17, 2],
    [40, 1],
  ])('%i columns, %i matrices', async (columns, count) => {
    const matrices = Array.from({ length: count }, (_, seed) => positiveDefinite(columns, seed));
    const { cholesky, logDeterminants, failures } = await run(matrices, columns);
    matrices.forEach((matrix, m) => {
      const lower = (i: number, j: number): number => cholesky[(m * columns + i) * columns + j];
      let logDeterminant = 0;
      for (let i = 0; i < columns; i++) {
        logDeterminant -= Math.log(lower(i, i));
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let l = 0; l <= j; l++) product += lower(i, l) * lower(j, l);
          expect(Math.abs(product - matrix[i * columns + j])).toBeLessThan(1e-10 * columns);
        }
      }
      expect(logDeterminants[m]).toBeCloseTo(logDeterminant, 4);
      expect(failures[m]).toBe(0);
    });
  });

  it('factors a matrix for which float32 would fail', async () => {
    // Condition number 4e9: in float32 the last pivot is lost, 1 - 1 = 0.
    const { cholesky, failures } = await run([Float64Array.of(1, 1, 1, 1 + 1e-9)], 2);
    expect(failures).toEqual([0]);
    expect(cholesky[3] / Math.sqrt(1e-9)).toBeCloseTo(1, 4);
  });

  it('flags matrices that are not positive definite, and no others', async () => {
    const { failures } = await run(
      [
        Float64Array.of(1, 2, 2, 1),
        Float64Array.of(2, 1, 1, 2),
        Float64Array.of(3, 3, 3, 3),
        Float64Array.of(0, 0, 0, 1),
        Float64Array.of(NaN, 0, 0, 1),
      ],
      2,
    );
    expect(failures).toEqual([1, 0, 1, 1, 1]);
  });
});
