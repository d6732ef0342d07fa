import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { squaredDistance, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tiledGrid } from './tiled-queries.ts';
import { withinRadiusKernel, withinRadiusSlice } from './within-radius.ts';

describe('within-radius', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 9, 1, 0.5],
    ['u8', 5, 140, 2, 0.4],
    ['f32', 9, 200, 3, 9],
  ] as const)('%s, %i columns, %i rows, %i parts', async (format, columns, rows, parts, square) => {
    const points = testPoints(format, rows, columns);
    const queries = Float32Array.from(points.values);
    const labels = Uint32Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 0xffffffff : (i * 31) % 50));
    const shape = { queries: rows, columns, parts };
    let found = new Uint32Array(2 * rows * parts);
    for (const [first, end] of [
      [0, rows >> 1],
      [rows >> 1, rows],
    ]) {
      const slice = { chunkStart: 0, first, end, fresh: first === 0 };
      const result = await runKernel(device.context, withinRadiusKernel(format), {
        grid: tiledGrid(shape),
        constants: points.constants,
        buffers: {
          points: points.stored,
          queries,
          labels,
          found,
          slice: new Uint8Array(withinRadiusSlice(shape, slice, square)),
        },
      });
      found = new Uint32Array(result.found);
    }
    for (let i = 0; i < rows; i++) {
      const near = Array.from({ length: rows }, (_, k) => k).filter(
        (k) => squaredDistance(points, k, queries, i) <= square,
      );
      const own = found.subarray(2 * i * parts, 2 * (i + 1) * parts);
      const counts = own.filter((_, at) => at % 2 === 0);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(near.length);
      expect(Math.min(...own.filter((_, at) => at % 2 === 1))).toBe(Math.min(...near.map((k) => labels[k])));
    }
  });
});
