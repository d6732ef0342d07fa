import { Random } from '@shoal/core';
import { expect, it } from 'vitest';
import type { DeviceContext } from '../runtime/device.ts';
import { runAssign, type AssignName } from './assign-kernels.ts';
import { expectNearest, FORGOTTEN } from './assignment.ts';
import { normals, squaredDistance, testPoints, type TestPoints } from './test-points.ts';

interface TestDeviceHolder {
  readonly context: DeviceContext;
}

/** Tests of every kernel that labels points, against values in float64. */
export function itAssigns(name: AssignName, device: TestDeviceHolder): void {
  const run = (points: TestPoints, centroids: Float32Array, start = {}) =>
    runAssign(device.context, name, points, centroids, start);

  it.each([
    ['f32', 1, 1, 1],
    ['u8', 63, 15, 3],
    ['f32', 64, 16, 16],
    ['u8', 65, 17, 17],
    ['f32', 130, 5, 70],
    ['u8', 129, 33, 129],
    ['f32', 257, 40, 64],
  ] as const)(
    'finds the nearest centroids: %s, %i x %i, %i clusters',
    async (format, rows, columns, clusters) => {
      const points = testPoints(format, rows, columns);
      const centroids = normals(5, clusters * columns);
      expectNearest(await run(points, centroids), points, centroids);
    },
  );

  it('chooses the lowest index in ties, also across tiles', async () => {
    const points = testPoints('f32', 5, 2);
    const centroids = new Float32Array(140 * 2).fill(0.5);
    expect([...(await run(points, centroids)).labels]).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps the digits of values far from the origin', async () => {
    const points = moved(testPoints('f32', 200, 3), (x) => x + 3000);
    const centroids = normals(5, 70 * 3).map((x) => x + 3000);
    expectNearest(await run(points, centroids), points, centroids);
  });

  it('applies weights to inertia, and counts only changed labels unless labels are reset', async () => {
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
}

/** Tests of kernels that find candidates by products: all labels are those of `assign`, also for close distances. */
export function itHasTheLabelsOfAssign(name: AssignName, device: TestDeviceHolder): void {
  async function expectSameLabels(points: TestPoints, centroids: Float32Array): Promise<void> {
    const direct = await runAssign(device.context, 'assign', points, centroids);
    const found = await runAssign(device.context, name, points, centroids);
    expect(found.labels).toEqual(direct.labels);
    expect(found.changed).toBe(direct.changed);
  }

  it.each([
    ['f32', 4, 0],
    ['f32', 30, 10],
    ['u8', 17, 0.5],
    ['u8', 784, 0.5],
  ] as const)('where rounding decides: %s, %i columns', async (format, columns, offset) => {
    await expectSameLabels(testPoints(format, 150, columns), nearCopies(columns, offset));
  });

  it.each([
    ['f32', 1, 7],
    ['u8', 1, 1],
    ['f32', 3, 33],
    ['u8', 17, 100],
    ['f32', 784, 100],
    ['u8', 784, 7],
    ['f32', 17, 1000],
    ['f32', 2, 4097],
  ] as const)(
    'of centroids among the points: %s, %i columns, %i clusters',
    async (format, columns, clusters) => {
      const points = testPoints(format, Math.max(1100, clusters), columns);
      await expectSameLabels(points, Float32Array.from(points.values.subarray(0, clusters * columns)));
    },
  );

  it.each([1e-20, 1e-18, 1e-16, 1e-10, 1e-3, 1e4, 1e10, 1e17, 3e18, 1e30])(
    'of values around %d',
    async (magnitude) => {
      const points = moved(testPoints('f32', 200, 20), (x) => x * magnitude);
      const centroids = normals(5, 70 * 20).map((x) => x * magnitude);
      await expectSameLabels(points, centroids);
    },
  );

  it('of points and centroids of very different magnitudes', async () => {
    const points = moved(testPoints('f32', 200, 20), (x, i) => x * 10 ** ((i % 23) - 14));
    const centroids = normals(5, 70 * 20).map((x, i) => x * 10 ** ((Math.floor(i / 20) % 12) - 9));
    await expectSameLabels(points, centroids);
  });

  it('of values far from the origin', async () => {
    const points = moved(testPoints('f32', 200, 20), (x) => x + 3000);
    await expectSameLabels(
      points,
      normals(5, 70 * 20).map((x) => x + 3000),
    );
  });
}

/**
 * Tests of kernels of half floats that do not compare points in doubt again: the error of a label is within the kernel's
 * bound, in units of X C.
 *
 * @param quantum rounding of products, by format; see the module `halves`
 */
export function itMayBeFast(
  name: AssignName,
  device: TestDeviceHolder,
  quantum: Readonly<Record<TestPoints['format'], number>>,
): void {
  async function run(points: TestPoints, centroids: Float32Array): Promise<number> {
    const { rows, columns, values } = points;
    const clusters = centroids.length / columns;
    const { labels, distances } = await runAssign(device.context, name, points, centroids, { exact: false });
    const lengthOf = (from: ArrayLike<number>, row: number) =>
      Math.hypot(...Array.from({ length: columns }, (_, j) => from[row * columns + j]));
    const longest = Math.max(...Array.from({ length: clusters }, (_, k) => lengthOf(centroids, k)));
    let differing = 0;
    for (let i = 0; i < rows; i++) {
      const all = Array.from({ length: clusters }, (_, k) => squaredDistance(points, i, centroids, k));
      const nearest = Math.min(...all);
      const own = all[labels[i]];
      expect(Math.abs(distances[i] - own)).toBeLessThanOrEqual(1e-5 * own);
      if (own > nearest) differing++;
      // Half a distance, for two scores, and a little more for the sums.
      expect((own - nearest) / 2).toBeLessThanOrEqual(
        2.1 * quantum[points.format] * lengthOf(values, i) * longest,
      );
    }
    return differing;
  }

  it.each(['f32', 'u8'] as const)('gives labels that are only slightly worse: %s', async (format) => {
    const points = testPoints(format, 300, 40);
    const random = normals(5, 50 * 40);
    // Centroids so close that half floats are too coarse; then ones that half floats distinguish.
    const close = random.map((_, i) => random[i % 40] + 1e-5 * random[i]);
    expect(await run(points, close)).toBeGreaterThan(30);
    expect(await run(points, random)).toBeLessThan(30);
  });
}

/** The points with changed values. */
function moved(points: TestPoints, change: (value: number, index: number) => number): TestPoints {
  const stored = Float32Array.from(points.stored, change);
  return { ...points, stored, values: Float64Array.from(stored) };
}

/** Centroids in clusters of near copies, a few roundings apart, far from the origin: nearly every point is in doubt. */
function nearCopies(columns: number, offset: number): Float32Array {
  const originals = normals(7, 20 * columns).map((x) => x + offset);
  const random = new Random(3);
  return Float32Array.from({ length: 100 * columns }, (_, i) => {
    const value = originals[(Math.floor(i / columns) % 20) * columns + (i % columns)];
    return value * (1 + (random.integer(3) - 1) * 2 ** -23);
  });
}
