import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { gatherRowsGrid, gatherRowsKernel, gatherRowsParams } from './gather-rows.ts';

describe('gather-rows', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1],
    ['u8', 7],
    ['u8', 64],
    ['f32', 65],
  ] as const)('copies only rows of the chunk: %s, %i columns', async (format, columns) => {
    const points = testPoints(format, 10, columns);
    const indices = Uint32Array.of(70, 3, 64, 73, 74, 70);
    const { output } = await runKernel(device.context, gatherRowsKernel(format), {
      grid: gatherRowsGrid(columns, indices.length),
      constants: points.constants,
      buffers: {
        points: points.stored,
        rows: indices,
        output: new Float32Array(indices.length * columns).fill(-9),
        params: new Uint8Array(gatherRowsParams({ start: 64, rows: 10 }, columns, indices.length)),
      },
    });
    const expected = Array.from({ length: indices.length * columns }, (_, i) => {
      const row = indices[Math.floor(i / columns)] - 64;
      return row >= 0 && row < 10 ? Math.fround(points.values[row * columns + (i % columns)]) : -9;
    });
    // Bytes are rounded once, as the host rounds them, so equality is exact.
    expect([...new Float32Array(output)]).toEqual(expected);
  });

  it('packs chunk, columns, count', () => {
    expect([...new Uint32Array(gatherRowsParams({ start: 64, rows: 10 }, 3, 2))]).toEqual([64, 10, 3, 2]);
  });
});
