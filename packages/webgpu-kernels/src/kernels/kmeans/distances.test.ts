import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, squaredDistance, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tileGroups } from '../common/tile-distances.ts';
import { distancesGrid, distancesKernel, distancesParams } from './distances.ts';

describe('distances', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1, 0, 1],
    ['u8', 65, 17, 17, 0, 65],
    ['f32', 130, 3, 40, 63, 128],
  ] as const)(
    '%s, %i x %i, %i centroids, rows %i to %i',
    async (format, rows, columns, clusters, skip, end) => {
      const points = testPoints(format, rows, columns);
      const centroids = normals(4, clusters * columns);
      const { output } = await runKernel(device.context, distancesKernel(format), {
        grid: distancesGrid(end - skip),
        constants: { ...points.constants, tile_groups: tileGroups(clusters) },
        buffers: {
          points: points.stored,
          targets: centroids,
          output: new Float32Array((end - skip) * clusters),
          params: new Uint8Array(distancesParams(skip, end, columns, clusters)),
        },
      });
      const expected = Float64Array.from({ length: (end - skip) * clusters }, (_, i) =>
        Math.sqrt(squaredDistance(points, skip + Math.floor(i / clusters), centroids, i % clusters)),
      );
      expect(relativeError(new Float32Array(output), expected)).toBeLessThan(1e-6);
    },
  );

  it('packs first row, end, columns, clusters', () => {
    expect([...new Uint32Array(distancesParams(1, 2, 3, 4))]).toEqual([1, 2, 3, 4]);
  });
});
