import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { assignmentBuffers, assignmentOf } from '../../testing/assignment.ts';
import { runKernel } from '../../testing/test-device.ts';
import { normals, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tileGroups } from '../common/tile-distances.ts';
import { assignTiledGrid, assignTiledKernel, halfNormsOf } from './assign-tiled.ts';
import { assignGrid, assignKernel, assignParams } from './assign.ts';

describe('assign-tiled', () => {
  const device = useTestDevice();

  /** Centroids in clusters of near copies, a few roundings apart, far from the origin: nearly every point is in doubt. */
  function nearCopies(columns: number, offset: number): Float32Array {
    const originals = normals(7, 20 * columns).map((x) => x + offset);
    const random = new Random(3);
    return Float32Array.from({ length: 100 * columns }, (_, i) => {
      const value = originals[(Math.floor(i / columns) % 20) * columns + (i % columns)];
      return value * (1 + (random.integer(3) - 1) * 2 ** -23);
    });
  }

  it.each([
    ['f32', 4, 0],
    ['f32', 30, 10],
    ['u8', 17, 0.5],
  ] as const)(
    'has the labels of assign where rounding decides: %s, %i columns',
    async (format, columns, offset) => {
      const points = testPoints(format, 150, columns);
      const centroids = nearCopies(columns, offset);
      const buffers = {
        ...assignmentBuffers(points, centroids, {}),
        chunk: new Uint8Array(assignParams(0, 150, columns, 100)),
      };
      const constants = { ...points.constants, weighted: 0 };
      const direct = await runKernel(device.context, assignKernel(format), {
        grid: assignGrid(150),
        constants: { ...constants, tile_groups: tileGroups(100) },
        buffers,
      });
      const tiled = await runKernel(device.context, assignTiledKernel(format), {
        grid: assignTiledGrid(150),
        constants,
        buffers: { ...buffers, halfNorms: halfNormsOf(centroids, 100) },
      });
      expect(assignmentOf(tiled).labels).toEqual(assignmentOf(direct).labels);
    },
  );

  it('finds half the squared lengths, and the largest', () => {
    expect([...halfNormsOf(Float32Array.of(3, 4, 0, 2), 2)]).toEqual([12.5, 2, 12.5]);
  });
});
