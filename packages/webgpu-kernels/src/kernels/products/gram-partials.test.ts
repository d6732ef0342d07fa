import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { GRAM_SEGMENT, gramPartialsGrid, gramPartialsKernel, gramPartialsParams } from './gram-partials.ts';

describe('gram-partials', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1],
    ['u8', 15, 63, 3],
    ['f32', 512, 64, 16],
    ['u8', 513, 65, 17],
    ['f32', 1100, 5, 33],
  ] as const)('%s, %i x %i times %i columns', async (format, rows, columns, width) => {
    const points = testPoints(format, rows + 9, columns);
    const shift = normals(3, columns);
    const products = normals(4, rows * width);
    const segments = Math.ceil(rows / GRAM_SEGMENT);
    const elements = columns * width;
    // Rows 4 to rows + 3 of the chunk.
    const { partials } = await runKernel(device.context, gramPartialsKernel(format), {
      grid: gramPartialsGrid(rows, columns, width),
      constants: points.constants,
      buffers: {
        points: points.stored,
        shift,
        products,
        partials: new Float32Array((segments + 1) * elements).fill(-9),
        params: new Uint8Array(gramPartialsParams(4, rows + 4, columns, width)),
      },
    });
    const expected = new Float64Array(segments * elements);
    for (let i = 0; i < rows; i++) {
      const base = Math.floor(i / GRAM_SEGMENT) * elements;
      for (let at = 0; at < elements; at++) {
        const j = Math.floor(at / width);
        const x = points.values[(i + 4) * columns + j] - shift[j];
        expected[base + at] += x * products[i * width + (at % width)];
      }
    }
    const found = new Float32Array(partials);
    expect(relativeError(found.subarray(0, segments * elements), expected)).toBeLessThan(2e-6);
    expect(Array.from(found.subarray(segments * elements))).toEqual(Array(elements).fill(-9));
  });

  it('packs range of rows, columns, width', () => {
    expect([...new Uint32Array(gramPartialsParams(3, 9, 5, 2))]).toEqual([3, 9, 5, 2]);
  });
});
