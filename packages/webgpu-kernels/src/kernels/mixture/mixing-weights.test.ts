import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, normals, positives, RUNNING } from '../../testing/mixture-values.ts';
import { packDoubles } from '../common/double-float.ts';
import { mixingWeightsGrid, mixingWeightsKernel } from './mixing-weights.ts';

describe('mixing-weights', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1, false],
    [3, 257, false],
    [4, 5, true],
  ])('%i columns, %i components, tied: %s', async (columns, components, tied) => {
    const covariances = tied ? 1 : components;
    const counts = positives(components, 1);
    const moments = new Float64Array(components * (1 + 2 * columns));
    counts.forEach((count, k) => (moments[k * (1 + 2 * columns)] = count));
    const logDeterminants = normals(covariances, 2);
    const results = await runKernel(device.context, mixingWeightsKernel, {
      grid: mixingWeightsGrid,
      buffers: {
        moments: packDoubles(moments),
        logDeterminants,
        state: RUNNING,
        mixing: new Float32Array(components),
        coefficients: new Float32Array(components),
        model: modelBytes(columns, components, { covariances }),
      },
    });
    const mixing = new Float32Array(results.mixing);
    const coefficients = new Float32Array(results.coefficients);
    const total = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, k) => {
      expect(Math.abs((mixing[k] * total) / count - 1)).toBeLessThan(1e-6);
      const logDeterminant = logDeterminants[tied ? 0 : k];
      const expected = Math.log(count / total) + logDeterminant - (columns / 2) * Math.log(2 * Math.PI);
      expect(coefficients[k]).toBeCloseTo(expected, 5);
    });
  });
});
