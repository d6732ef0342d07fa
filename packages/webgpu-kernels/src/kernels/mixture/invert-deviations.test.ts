import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, positives, RUNNING } from '../../testing/mixture-values.ts';
import { packDoubles } from '../common/double-float.ts';
import { invertDeviationsGrid, invertDeviationsKernel } from './invert-deviations.ts';

describe('invert-deviations', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (columns: number, components: number, variances: number, values: ArrayLike<number>) => {
    const results = await runKernel(device.context, invertDeviationsKernel, {
      grid: invertDeviationsGrid({ components }),
      buffers: {
        covariances: packDoubles(values),
        state: RUNNING,
        factors: new Float32Array(components * variances),
        logDeterminants: new Float32Array(components),
        failures: new Uint32Array(components),
        model: modelBytes(columns, components, { variances }),
      },
    });
    return {
      factors: new Float32Array(results.factors),
      logDeterminants: new Float32Array(results.logDeterminants),
      failures: Array.from(new Uint32Array(results.failures)),
    };
  };

  it.each([
    [1, 1, false],
    [33, 5, false],
    [9, 65, true],
  ])('%i columns, %i components, spherical: %s', async (columns, components, spherical) => {
    const variances = spherical ? 1 : columns;
    const values = positives(components * variances, 1);
    const { factors, logDeterminants, failures } = await run(columns, components, variances, values);
    for (let k = 0; k < components; k++) {
      let expected = 0;
      for (let j = 0; j < columns; j++) {
        const at = k * variances + (spherical ? 0 : j);
        expect(factors[at]).toBeCloseTo(1 / Math.sqrt(values[at]), 5);
        expected -= Math.log(values[at]) / 2;
      }
      expect(logDeterminants[k]).toBeCloseTo(expected, 4);
      expect(failures[k]).toBe(0);
    }
  });

  it('flags values that are not variances', async () => {
    const { failures } = await run(2, 4, 2, [1, 1, 1, 0, -1, 1, 1, Infinity]);
    expect(failures).toEqual([0, 1, 1, 1]);
  });
});
