import { describe, expect, it } from 'vitest';
import {
  assignmentBuffers,
  assignmentOf,
  expectNearest,
  type AssignmentStart,
} from '../../testing/assignment.ts';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError, testPoints, type TestPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { tileGroups } from '../common/tile-distances.ts';
import {
  assignSumsConstants,
  assignSumsGrid,
  assignSumsKernel,
  assignSumsParams,
  planAssignSums,
} from './assign-sums.ts';

/** The limit of every device. */
const MEMORY = 16_384;

describe('assign-sums', () => {
  const device = useTestDevice();

  async function run(
    points: TestPoints,
    centroids: Float32Array,
    { earlier, ...start }: AssignmentStart & { readonly earlier?: number } = {},
  ) {
    const { rows, columns } = points;
    const clusters = centroids.length / columns;
    const plan = planAssignSums(rows, columns, clusters, MEMORY)!;
    const stride = columns + 1;
    const carry = earlier !== undefined;
    const results = await runKernel(device.context, assignSumsKernel(points.format), {
      grid: assignSumsGrid(plan),
      constants: {
        ...points.constants,
        ...assignSumsConstants(plan, columns, clusters),
        weighted: start.weights ? 1 : 0,
        tile_groups: tileGroups(clusters),
      },
      buffers: {
        ...assignmentBuffers(points, centroids, start),
        sums: new Float32Array(plan.groups * clusters * stride).fill(earlier ?? 1),
        params: new Uint8Array(assignSumsParams(plan, { start: 0, rows }, columns, clusters, carry)),
      },
    });
    const groups = new Float32Array(results.sums);
    const sums = new Float64Array(clusters * stride);
    groups.forEach((value, i) => (sums[i % sums.length] += value));
    return { plan, assignment: assignmentOf(results), sums };
  }

  function expectedSums(points: TestPoints, labels: Uint32Array, clusters: number, weights?: Float32Array) {
    const { rows, columns, values } = points;
    const sums = new Float64Array(clusters * (columns + 1));
    for (let i = 0; i < rows; i++) {
      const weight = weights?.[i] ?? 1;
      const base = labels[i] * (columns + 1);
      for (let j = 0; j < columns; j++) sums[base + j] += weight * values[i * columns + j];
      sums[base + columns] += weight;
    }
    return sums;
  }

  it.each([
    ['f32', 1, 1, 1],
    ['u8', 63, 15, 3],
    ['f32', 64, 16, 16],
    ['u8', 65, 17, 40],
    ['f32', 1000, 2, 7],
    ['u8', 300, 200, 10],
    // More tiles than groups, and more tiles per group than a run.
    ['f32', 400_000, 3, 2],
  ] as const)(
    'labels points and sums clusters: %s, %i x %i, %i clusters',
    async (format, rows, columns, clusters) => {
      const points = testPoints(format, rows, columns);
      const centroids = normals(5, clusters * columns);
      const { assignment, sums } = await run(points, centroids);
      expectNearest(assignment, points, centroids);
      expect(relativeError(sums, expectedSums(points, assignment.labels, clusters))).toBeLessThan(1e-6);
    },
  );

  it('applies weights, and adds to the sums of an earlier chunk', async () => {
    const points = testPoints('f32', 100, 3);
    const weights = Float32Array.from({ length: 100 }, (_, i) => i % 3);
    const centroids = normals(5, 4 * 3);
    const { plan, assignment, sums } = await run(points, centroids, { weights, earlier: 1000 });
    const expected = expectedSums(points, assignment.labels, 4, weights);
    expect(
      relativeError(
        sums,
        expected.map((value) => value + 1000 * plan.groups),
      ),
    ).toBeLessThan(1e-6);
  });

  it('does nothing once the step has halted', async () => {
    const { sums, plan } = await run(testPoints('f32', 10, 1), Float32Array.of(0), { halted: true });
    expect([...sums]).toEqual([plan.groups, plan.groups]);
  });

  it('lets threads share short rows, and is undefined where sums do not fit', () => {
    expect(planAssignSums(1000, 2, 10, MEMORY)).toMatchObject({ lanesPerRow: 2, rowLanes: 32 });
    expect(planAssignSums(1000, 32, 64, MEMORY)).toMatchObject({ lanesPerRow: 64, rowLanes: 1 });
    expect(planAssignSums(1000, 784, 10, MEMORY)).toBeUndefined();
    expect(planAssignSums(60_000, 784, 10, 49_152)).toMatchObject({ groups: 938, runTiles: 4 });
  });
});
