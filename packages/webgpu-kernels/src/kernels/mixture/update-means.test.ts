import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, normals, positives, RUNNING } from '../../testing/mixture-values.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';
import { updateMeansGrid, updateMeansKernel } from './update-means.ts';

describe('update-means', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1],
    [7, 9],
    [65, 3],
  ])('%i columns, %i components, the last without weight', async (columns, components) => {
    const stride = 1 + 2 * columns;
    const moments = Float64Array.from(normals(components * stride, 1));
    positives(components, 2).forEach((weight, k) => (moments[k * stride] = 100 * weight));
    moments.fill(0, (components - 1) * stride);
    const means = normals(components * columns, 3);
    const results = await runKernel(device.context, updateMeansKernel, {
      grid: updateMeansGrid({ columns, components }),
      buffers: {
        moments: packDoubles(moments),
        state: RUNNING,
        means,
        deltas: new Float32Array(2 * components * columns),
        model: modelBytes(columns, components),
      },
    });
    const moved = new Float32Array(results.means);
    const deltas = unpackDoubles(new Float32Array(results.deltas));
    means.forEach((mean, i) => {
      const k = Math.floor(i / columns);
      const delta = moments[k * stride + 1 + (i % columns)] / (moments[k * stride] + 10 * Number.EPSILON);
      expect(Math.abs(deltas[i] - delta)).toBeLessThan(1e-13);
      expect(moved[i]).toBeCloseTo(mean + delta, 6);
      if (k === components - 1) expect(moved[i]).toBe(mean);
    });
  });
});
