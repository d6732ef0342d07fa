import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, squaredDistance, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { pointTiles, tileGroups } from '../common/tile-distances.ts';
import { seedPotentialsGrid, seedPotentialsKernel, seedPotentialsParams } from './seed-potentials.ts';

describe('seed-potentials', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1, 0, false],
    ['u8', 63, 15, 3, 1, true],
    ['f32', 64, 16, 16, 0, true],
    ['u8', 65, 17, 17, 1, false],
    ['f32', 200, 3, 40, 1, true],
  ] as const)(
    '%s, %i x %i, %i candidates, weighted %i, seeded %s',
    async (format, rows, columns, candidates, weighted, seeded) => {
      const points = testPoints(format, rows, columns);
      const targets = normals(6, candidates * columns);
      const weights = normals(7, rows).map(Math.abs);
      const seedDistances = normals(8, rows).map(Math.abs);
      const groups = pointTiles(rows);
      const { partials } = await runKernel(device.context, seedPotentialsKernel(format), {
        grid: seedPotentialsGrid(rows),
        constants: { ...points.constants, weighted, tile_groups: tileGroups(candidates) },
        buffers: {
          points: points.stored,
          targets,
          weights,
          seedDistances,
          partials: new Float32Array(candidates * groups),
          params: new Uint8Array(seedPotentialsParams({ start: 0, rows }, columns, candidates, rows, seeded)),
        },
      });
      const found = new Float64Array(candidates);
      new Float32Array(partials).forEach((value, i) => (found[Math.floor(i / groups)] += value));
      const expected = found.map((_, c) => {
        let potential = 0;
        for (let i = 0; i < rows; i++) {
          const distance = squaredDistance(points, i, targets, c);
          potential +=
            (weighted ? weights[i] : 1) * (seeded ? Math.min(seedDistances[i], distance) : distance);
        }
        return potential;
      });
      expect(relativeError(found, expected)).toBeLessThan(1e-6);
    },
  );

  it('packs chunk, columns, candidates, groups of all chunks, seeded', () => {
    const packed = seedPotentialsParams({ start: 64, rows: 5 }, 3, 2, 69, true);
    expect([...new Uint32Array(packed)]).toEqual([64, 5, 3, 2, 2, 1, 0, 0]);
  });
});
