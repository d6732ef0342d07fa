import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { sumRowsGrid, sumRowsKernel, sumRowsParams } from './sum-rows.ts';

describe('sum-rows', () => {
  const device = useTestDevice();

  it.each([
    [1, 1],
    [3, 255],
    [2, 256],
    [5, 257],
    [1, 9001],
  ])('adds up %i rows of %i', async (rows, length) => {
    const partials = normals(length, rows * length);
    const { totals } = await runKernel(device.context, sumRowsKernel, {
      grid: sumRowsGrid(rows),
      buffers: {
        partials,
        totals: new Float32Array(rows),
        params: new Uint8Array(sumRowsParams(rows, length)),
      },
    });
    const expected = new Float64Array(rows);
    partials.forEach((value, i) => (expected[Math.floor(i / length)] += value));
    expect(relativeError(new Float32Array(totals), expected)).toBeLessThan(1e-6);
  });

  it('keeps the sum of the partial results of ten million points within its bound', async () => {
    const length = 156_250;
    const { totals } = await runKernel(device.context, sumRowsKernel, {
      grid: sumRowsGrid(1),
      buffers: {
        partials: new Float32Array(length).fill(0.1),
        totals: new Float32Array(1),
        params: new Uint8Array(sumRowsParams(1, length)),
      },
    });
    const exact = Math.fround(0.1) * length;
    expect(Math.abs(new Float32Array(totals)[0] / exact - 1)).toBeLessThan(
      (16 + length / 4096 + 8) * 2 ** -24,
    );
  });

  it('packs rows, then length', () => {
    expect([...new Uint32Array(sumRowsParams(7, 9))]).toEqual([7, 9, 0, 0]);
  });
});
