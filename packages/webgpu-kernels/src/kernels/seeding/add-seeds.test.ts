import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, squaredDistance, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tileGroups } from '../common/tile-distances.ts';
import { addSeedsGrid, addSeedsKernel, addSeedsParams } from './add-seeds.ts';

describe('add-seeds', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 0, 1, 0],
    ['u8', 63, 15, 0, 3, 7],
    ['f32', 64, 16, 0, 16, 0],
    ['u8', 65, 17, 2, 17, 0],
    ['f32', 200, 3, 5, 40, 9],
  ] as const)(
    '%s, %i x %i, seeds %i to %i after %i others',
    async (format, rows, columns, first, end, before) => {
      const points = testPoints(format, rows, columns);
      const targets = normals(9, (end + 1) * columns);
      const distances = normals(8, rows).map((value) => Math.abs(value) * columns);
      const labels = Uint32Array.from({ length: rows }, (_, i) => i % (before + first + 1));
      const { seedDistances, nearestSeeds } = await runKernel(device.context, addSeedsKernel(format), {
        grid: addSeedsGrid(rows),
        constants: { ...points.constants, tile_groups: tileGroups(end - first) },
        buffers: {
          points: points.stored,
          targets,
          seedDistances: distances,
          nearestSeeds: labels,
          params: new Uint8Array(addSeedsParams({ start: 0, rows }, columns, first, end, before)),
        },
      });
      const seeded = first + before > 0;
      const expected = distances.map((distance) => (seeded ? distance : Infinity));
      const nearest = labels.map((label) => (seeded ? label : 0));
      for (let i = 0; i < rows; i++) {
        for (let s = first; s < end; s++) {
          const distance = squaredDistance(points, i, targets, s);
          if (distance >= expected[i]) continue;
          expected[i] = distance;
          nearest[i] = before + s;
        }
      }
      expect(relativeError(new Float32Array(seedDistances), expected)).toBeLessThan(1e-6);
      expect(new Uint32Array(nearestSeeds)).toEqual(nearest);
    },
  );

  it('keeps the earlier seed in ties', async () => {
    const { nearestSeeds } = await runKernel(device.context, addSeedsKernel('f32'), {
      grid: addSeedsGrid(3),
      constants: { tile_groups: 1 },
      buffers: {
        points: Float32Array.of(0, 2, 4),
        targets: Float32Array.of(1, 4, 4, 0),
        seedDistances: Float32Array.of(0, 4, 1),
        nearestSeeds: Uint32Array.of(0, 1, 1),
        params: new Uint8Array(addSeedsParams({ start: 0, rows: 3 }, 1, 0, 4, 2)),
      },
    });
    expect(new Uint32Array(nearestSeeds)).toEqual(Uint32Array.of(0, 2, 3));
  });

  it('packs chunk, columns, range of seeds, seeds before', () => {
    expect([...new Uint32Array(addSeedsParams({ start: 64, rows: 5 }, 3, 1, 9, 7))]).toEqual([
      64, 5, 3, 1, 9, 7, 0, 0,
    ]);
  });
});
