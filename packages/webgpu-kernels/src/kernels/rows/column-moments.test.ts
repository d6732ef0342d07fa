import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { columnMomentsGrid, columnMomentsKernel, columnMomentsParams } from './column-moments.ts';

describe('column-moments', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1, 0],
    ['u8', 255, 63, 1, 1],
    ['f32', 600, 64, 2, 0],
    ['u8', 257, 65, 5, 1],
  ] as const)('%s, %i x %i in %i blocks, weighted %i', async (format, rows, columns, blocks, weighted) => {
    const points = testPoints(format, rows, columns);
    const weights = normals(2, rows).map(Math.abs);
    const shift = normals(3, columns);
    const carried = 0.25;
    const { partials } = await runKernel(device.context, columnMomentsKernel(format), {
      grid: columnMomentsGrid(columns, blocks),
      constants: { ...points.constants, weighted },
      buffers: {
        points: points.stored,
        weights,
        shift,
        partials: new Float32Array(blocks * 2 * columns).fill(carried),
        params: new Uint8Array(columnMomentsParams({ start: 0, rows }, columns, blocks, true)),
      },
    });
    const found = new Float64Array(2 * columns);
    new Float32Array(partials).forEach((value, i) => (found[i % (2 * columns)] += value));
    const expected = new Float64Array(2 * columns).fill(blocks * carried);
    points.values.forEach((value, i) => {
      const weight = weighted ? weights[Math.floor(i / columns)] : 1;
      const x = value - shift[i % columns];
      expected[i % columns] += weight * x;
      expected[columns + (i % columns)] += weight * x * x;
    });
    expect(relativeError(found, expected)).toBeLessThan(1e-6);
  });

  it('packs chunk, columns, blocks, rows per block, carry', () => {
    const packed = columnMomentsParams({ start: 64, rows: 10 }, 3, 4, true);
    expect([...new Uint32Array(packed)]).toEqual([64, 10, 3, 4, 3, 1, 0, 0]);
  });
});
