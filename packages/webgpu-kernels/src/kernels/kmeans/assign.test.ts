import { describe, expect, it } from 'vitest';
import {
  assignmentBuffers,
  assignmentOf,
  expectNearest,
  FORGOTTEN,
  type Assignment,
  type AssignmentStart,
} from '../../testing/assignment.ts';
import { runKernel } from '../../testing/test-device.ts';
import { normals, testPoints, type TestPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tileGroups } from '../common/tile-distances.ts';
import { assignTiledGrid, assignTiledKernel, halfNormsOf } from './assign-tiled.ts';
import { assignGrid, assignKernel, assignParams } from './assign.ts';

describe.each(['assign', 'assign-tiled'] as const)('%s', (name) => {
  const device = useTestDevice();

  async function run(
    points: TestPoints,
    centroids: Float32Array,
    start: AssignmentStart = {},
  ): Promise<Assignment> {
    const { rows, columns } = points;
    const clusters = centroids.length / columns;
    const constants = { ...points.constants, weighted: start.weights ? 1 : 0 };
    const buffers = {
      ...assignmentBuffers(points, centroids, start),
      chunk: new Uint8Array(assignParams(0, rows, columns, clusters)),
    };
    if (name === 'assign') {
      const results = await runKernel(device.context, assignKernel(points.format), {
        grid: assignGrid(rows),
        constants: { ...constants, tile_groups: tileGroups(clusters) },
        buffers,
      });
      return assignmentOf(results);
    }
    const results = await runKernel(device.context, assignTiledKernel(points.format), {
      grid: assignTiledGrid(rows),
      constants,
      buffers: { ...buffers, halfNorms: halfNormsOf(centroids, clusters) },
    });
    return assignmentOf(results);
  }

  it.each([
    ['f32', 1, 1, 1],
    ['u8', 63, 15, 3],
    ['f32', 64, 16, 16],
    ['u8', 65, 17, 17],
    ['f32', 130, 5, 70],
    ['u8', 129, 33, 129],
    ['f32', 257, 40, 64],
  ] as const)(
    'finds the nearest of centroids: %s, %i x %i, %i clusters',
    async (format, rows, columns, clusters) => {
      const points = testPoints(format, rows, columns);
      const centroids = normals(5, clusters * columns);
      expectNearest(await run(points, centroids), points, centroids);
    },
  );

  it('gives ties to the lowest index, across tiles too', async () => {
    const points = testPoints('f32', 5, 2);
    const centroids = new Float32Array(140 * 2).fill(0.5);
    expect([...(await run(points, centroids)).labels]).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps the digits of values far from the origin', async () => {
    const points = testPoints('f32', 200, 3);
    const far = { ...points, stored: points.stored.map((x) => x + 3000) };
    const moved = { ...far, values: Float64Array.from(far.stored) };
    const centroids = normals(5, 70 * 3).map((x) => x + 3000);
    expectNearest(await run(moved, centroids), moved, centroids);
  });

  it('weighs inertia, and counts only labels that differ unless they are forgotten', async () => {
    const points = testPoints('f32', 3, 1);
    const centroids = Float32Array.of(0);
    const weights = Float32Array.of(0, 2, 1);
    const labels = Uint32Array.of(0, 7, 0);
    const found = await run(points, centroids, { labels, weights });
    const squares = points.values.map((x) => x * x);
    expect(found.inertia).toBeCloseTo(2 * squares[1] + squares[2], 5);
    expect(found.changed).toBe(1);
    expect((await run(points, centroids, { labels, forget: true })).changed).toBe(3);
  });

  it('does nothing once the step has halted', async () => {
    const points = testPoints('f32', 65, 2);
    const found = await run(points, Float32Array.of(0, 0), { halted: true });
    expect(found.labels.every((label) => label === FORGOTTEN)).toBe(true);
    expect(found.inertia).toBe(0);
  });
});

describe('assignParams', () => {
  it('packs first row, rows, columns, clusters', () => {
    expect([...new Uint32Array(assignParams(64, 2, 3, 4))]).toEqual([64, 2, 3, 4]);
  });
});
