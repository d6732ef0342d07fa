import { assignHalfKernel } from '../kernels/kmeans/assign-half.ts';
import { assignMatrixKernel, planMatrices } from '../kernels/kmeans/assign-matrix.ts';
import { assignTiledKernel } from '../kernels/kmeans/assign-tiled.ts';
import { assignGrid, assignKernel, assignParams } from '../kernels/kmeans/assign.ts';
import { candidatesGrid, halfNormsOf, type CandidateBinding } from '../kernels/kmeans/candidates.ts';
import { tileGroups } from '../kernels/common/tile-distances.ts';
import type { PointFormat } from '../points/access.ts';
import type { DeviceContext } from '../runtime/device.ts';
import type { Kernel } from '../runtime/kernel.ts';
import { matrixShape } from '../runtime/matrix-unit.ts';
import { assignmentBuffers, assignmentOf, type Assignment, type AssignmentStart } from './assignment.ts';
import { runKernel } from './test-device.ts';
import type { TestPoints } from './test-points.ts';

/** Kernels that label points, by their names in tests. */
export type AssignName = 'assign' | 'assign-tiled' | 'assign-half' | 'assign-matrix' | 'assign-matrix, split';

export interface AssignRun extends AssignmentStart {
  /** Whether points in doubt are compared again by exact distances (default true). */
  readonly exact?: boolean | undefined;
}

/** Labels points by the kernel of that name. */
export async function runAssign(
  context: DeviceContext,
  name: AssignName,
  points: TestPoints,
  centroids: Float32Array,
  { exact = true, ...start }: AssignRun = {},
): Promise<Assignment> {
  const { format, rows, columns } = points;
  const clusters = centroids.length / columns;
  const constants = { ...points.constants, weighted: start.weights ? 1 : 0 };
  const buffers = {
    ...assignmentBuffers(points, centroids, start),
    chunk: new Uint8Array(assignParams(0, rows, columns, clusters)),
  };
  if (name === 'assign') {
    const results = await runKernel(context, assignKernel(format), {
      grid: assignGrid(rows),
      constants: { ...constants, tile_groups: tileGroups(clusters) },
      buffers,
    });
    return assignmentOf(results);
  }
  const largest = format === 'u8' ? 0 : points.values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const results = await runKernel(context, candidateKernel(context, name, format), {
    grid: candidatesGrid(rows),
    constants: { ...constants, exact: exact ? 1 : 0 },
    buffers: { ...buffers, halfNorms: Float32Array.of(...halfNormsOf(centroids, clusters), largest) },
  });
  return assignmentOf(results);
}

function candidateKernel(
  { device, adapterInfo }: DeviceContext,
  name: Exclude<AssignName, 'assign'>,
  format: PointFormat,
): Kernel<CandidateBinding> {
  if (name === 'assign-tiled') return assignTiledKernel(format);
  if (name === 'assign-half') return assignHalfKernel(format);
  const memory = device.limits.maxComputeWorkgroupStorageSize;
  const shape = matrixShape(adapterInfo);
  const plan = shape && planMatrices(shape, memory, name.endsWith('split'));
  if (plan === undefined) throw new Error('This device has no matrix unit that the kernel can use.');
  return assignMatrixKernel(format, plan);
}
