import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { forPoints, pointConstants, type PointFormat } from '../../points/access.ts';
import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/gmm-values.ts';
import { momentElements, momentPartialsGrid, momentPartialsKernel } from './moment-partials.ts';

describe('moment-partials', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each<[number, number, number, boolean, PointFormat]>([
    [1, 1, 1, false, 'f32'],
    [31, 16, 17, true, 'f32'],
    [513, 17, 3, false, 'f32'],
    [100, 5, 2, true, 'u8'],
  ])(
    '%i points in %i columns, %i components, weighted: %s, %s',
    async (rows, columns, components, weighted, format) => {
      const block = testBlock(rows, columns, components);
      const stored =
        format === 'u8'
          ? Uint8Array.from({ length: rows * columns }, (_, i) => (i * 37) % 251)
          : normals(rows * columns, 1);
      const scale = format === 'u8' ? 1 / 255 : 1;
      const responsibilities = positives(components * block.capacity, 2);
      const weights = positives(rows, 3);
      const means = normals(components * columns, 4);
      const elements = momentElements(components, columns);
      const { partials } = await runKernel(device.context, forPoints(momentPartialsKernel, format), {
        grid: momentPartialsGrid(block),
        constants: { weighted: weighted ? 1 : 0, ...pointConstants({ format, scale }) },
        buffers: {
          points: stored,
          responsibilities,
          weights,
          means,
          state: RUNNING,
          partials: new Float32Array(block.segments * elements),
          block: blockBytes(block),
        },
      });
      const expected = new Float64Array(block.segments * elements);
      for (let row = 0; row < rows; row++) {
        for (let k = 0; k < components; k++) {
          const at = Math.floor(row / 512) * elements + k * (1 + 2 * columns);
          const share = responsibilities[k * block.capacity + row] * (weighted ? weights[row] : 1);
          expected[at] += share;
          for (let j = 0; j < columns; j++) {
            const difference = stored[row * columns + j] * scale - means[k * columns + j];
            expected[at + 1 + j] += share * difference;
            expected[at + 1 + columns + j] += share * difference * difference;
          }
        }
      }
      const actual = new Float32Array(partials);
      expected.forEach((value, i) => {
        expect(Math.abs(actual[i] - value)).toBeLessThan(1e-6 * (rows + Math.abs(value)));
      });
    },
  );
});
