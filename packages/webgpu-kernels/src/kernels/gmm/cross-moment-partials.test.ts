import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { forPoints } from '../../points/access.ts';
import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/gmm-values.ts';
import { crossMomentPartialsGrid, crossMomentPartialsKernel, triangleSize } from './cross-moment-partials.ts';

describe('cross-moment-partials', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1, 1, false],
    [33, 31, 3, true],
    [64, 33, 1, false],
    [520, 70, 2, true],
  ])('%i points in %i columns, %i components, weighted: %s', async (rows, columns, components, weighted) => {
    const block = testBlock(rows, columns, components);
    const points = normals(rows * columns, 1);
    const responsibilities = positives(components * block.capacity, 2);
    const weights = positives(rows, 3);
    const means = normals(components * columns, 4);
    const size = triangleSize(columns);
    const { partials } = await runKernel(device.context, forPoints(crossMomentPartialsKernel, 'f32'), {
      grid: crossMomentPartialsGrid(block),
      constants: { weighted: weighted ? 1 : 0 },
      buffers: {
        points,
        responsibilities,
        weights,
        means,
        state: RUNNING,
        partials: new Float32Array(block.segments * components * size),
        block: blockBytes(block),
      },
    });
    const expected = new Float64Array(block.segments * components * size);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < components; k++) {
        const share = responsibilities[k * block.capacity + row] * (weighted ? weights[row] : 1);
        const centred = (j: number): number => points[row * columns + j] - means[k * columns + j];
        let at = (Math.floor(row / 512) * components + k) * size;
        for (let i = 0; i < columns; i++) {
          for (let j = 0; j <= i; j++) expected[at++] += share * centred(i) * centred(j);
        }
      }
    }
    const actual = new Float32Array(partials);
    let worst = 0;
    expected.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(actual[i] - value) / (rows + Math.abs(value)));
    });
    expect(worst).toBeLessThan(1e-6);
  });
});
