import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, squaredDistance, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { addSeedGrid, addSeedKernel, addSeedParams } from './add-seed.ts';

describe('add-seed', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, false],
    ['u8', 63, 15, true],
    ['f32', 64, 16, true],
    ['u8', 65, 17, false],
  ] as const)('%s, %i x %i, seeded %s', async (format, rows, columns, seeded) => {
    const points = testPoints(format, rows, columns);
    const seed = normals(9, columns);
    const before = normals(8, rows).map((value) => Math.abs(value) * columns);
    const { seedDistances } = await runKernel(device.context, addSeedKernel(format), {
      grid: addSeedGrid(rows),
      constants: { ...points.constants, tile_groups: 1 },
      buffers: {
        points: points.stored,
        targets: seed,
        seedDistances: before,
        params: new Uint8Array(addSeedParams({ start: 0, rows }, columns, seeded)),
      },
    });
    const expected = Float64Array.from(before, (distance, i) =>
      Math.min(seeded ? distance : Infinity, squaredDistance(points, i, seed, 0)),
    );
    expect(relativeError(new Float32Array(seedDistances), expected)).toBeLessThan(1e-6);
  });

  it('packs chunk, columns, seeded', () => {
    expect([...new Uint32Array(addSeedParams({ start: 64, rows: 5 }, 3, true))]).toEqual([64, 5, 3, 1]);
  });
});
