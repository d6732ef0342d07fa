import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { multiplyRowsGrid, multiplyRowsKernel, multiplyRowsParams } from './multiply-rows.ts';

describe('multiply-rows', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1, 0],
    ['u8', 63, 15, 3, 1],
    ['f32', 64, 16, 16, 0],
    ['u8', 65, 17, 17, 0],
    ['f32', 130, 33, 40, 1],
  ] as const)('%s, %i x %i times %i columns, weighted %i', async (format, rows, columns, width, weighted) => {
    const points = testPoints(format, rows + 9, columns);
    const shift = normals(3, columns);
    const right = normals(4, columns * width);
    const weights = normals(5, rows + 20).map(Math.abs);
    // Rows 4 to rows + 3 of a chunk that starts at row 7 of all points.
    const { output } = await runKernel(device.context, multiplyRowsKernel(format), {
      grid: multiplyRowsGrid(rows, width),
      constants: { ...points.constants, weighted },
      buffers: {
        points: points.stored,
        shift,
        right,
        weights,
        output: new Float32Array((rows + 1) * width).fill(-9),
        params: new Uint8Array(multiplyRowsParams(7, 4, rows + 4, columns, width)),
      },
    });
    const expected = Float64Array.from({ length: rows * width }, (_, at) => {
      const row = 4 + Math.floor(at / width);
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        sum += (points.values[row * columns + j] - shift[j]) * right[j * width + (at % width)];
      }
      return sum * (weighted ? weights[7 + row] : 1);
    });
    const found = new Float32Array(output);
    expect(relativeError(found.subarray(0, rows * width), expected)).toBeLessThan(1e-6);
    expect(Array.from(found.subarray(rows * width))).toEqual(Array(width).fill(-9));
  });

  it('packs chunk, range of rows, columns, width', () => {
    expect([...new Uint32Array(multiplyRowsParams(64, 3, 9, 5, 2))]).toEqual([64, 3, 9, 5, 2, 0, 0, 0]);
  });
});
