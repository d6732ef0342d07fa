import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, squaredDistance, testPoints, type TestPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { pointTiles, tileGroups } from '../common/tile-distances.ts';
import { assignGrid, assignKernel, assignParams } from './assign.ts';
import { packState } from './state.ts';

const FORGOTTEN = 0xffffffff;

describe('assign', () => {
  const device = useTestDevice();

  async function run(
    points: TestPoints,
    centroids: Float32Array,
    options: { labels?: Uint32Array; weights?: Float32Array; halted?: boolean; forget?: boolean } = {},
  ): Promise<{ labels: Uint32Array; distances: Float32Array; inertia: number; changed: number }> {
    const { rows, columns, stored } = points;
    const clusters = centroids.length / columns;
    const state = packState(options.forget ?? false, 0);
    if (options.halted) new Uint32Array(state)[0] = 1;
    const results = await runKernel(device.context, assignKernel(points.format), {
      grid: assignGrid(rows),
      constants: {
        ...points.constants,
        weighted: options.weights ? 1 : 0,
        tile_groups: tileGroups(clusters),
      },
      buffers: {
        points: stored,
        targets: centroids,
        weights: options.weights ?? new Float32Array(4),
        state: new Uint8Array(state),
        labels: options.labels ?? new Uint32Array(rows).fill(FORGOTTEN),
        distances: new Float32Array(rows),
        partials: new Uint32Array(2 * pointTiles(rows)),
        params: new Uint8Array(assignParams(0, rows, columns, clusters)),
      },
    });
    const inertias = new Float32Array(results.partials);
    const changes = new Uint32Array(results.partials);
    let inertia = 0;
    let changed = 0;
    for (let i = 0; i < pointTiles(rows); i++) {
      inertia += inertias[2 * i];
      changed += changes[2 * i + 1];
    }
    return {
      labels: new Uint32Array(results.labels),
      distances: new Float32Array(results.distances),
      inertia,
      changed,
    };
  }

  it.each([
    ['f32', 1, 1, 1],
    ['u8', 63, 15, 3],
    ['f32', 64, 16, 16],
    ['u8', 65, 17, 17],
    ['f32', 130, 5, 70],
  ] as const)(
    'finds the nearest of centroids: %s, %i x %i, %i clusters',
    async (format, rows, columns, clusters) => {
      const points = testPoints(format, rows, columns);
      const centroids = normals(5, clusters * columns);
      const found = await run(points, centroids);
      let inertia = 0;
      for (let i = 0; i < rows; i++) {
        let nearest = Infinity;
        for (let k = 0; k < clusters; k++) {
          nearest = Math.min(nearest, squaredDistance(points, i, centroids, k));
        }
        inertia += nearest;
        expect(squaredDistance(points, i, centroids, found.labels[i]) / nearest).toBeCloseTo(1, 5);
        expect(found.distances[i] / nearest).toBeCloseTo(1, 5);
      }
      expect(found.inertia / inertia).toBeCloseTo(1, 5);
      expect(found.changed).toBe(rows);
    },
  );

  it('gives ties to the lowest index, across tiles too', async () => {
    const points = testPoints('f32', 5, 2);
    const centroids = new Float32Array(40 * 2).fill(0.5);
    expect([...(await run(points, centroids)).labels]).toEqual([0, 0, 0, 0, 0]);
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

  it('packs first row, rows, columns, clusters', () => {
    expect([...new Uint32Array(assignParams(64, 2, 3, 4))]).toEqual([64, 2, 3, 4]);
  });
});
