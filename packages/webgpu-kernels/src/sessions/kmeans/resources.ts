import type { KMeansSessionOptions, Points } from '@shoal/core';
import { UnsupportedError } from '@shoal/core';
import { uploadPoints, type DevicePoints } from '../../points/device-points.ts';
import type { BufferScope } from '../../runtime/buffers.ts';
import type { DeviceContext } from '../../runtime/device.ts';

/** What the parts of a k-means session share. */
export interface KMeansResources {
  readonly context: DeviceContext;
  /** Owns every buffer of the session. */
  readonly scope: BufferScope;
  readonly points: DevicePoints;
  readonly clusters: number;
  readonly unitCentroids: boolean;
  /** One float per point, or a stand-in that no kernel reads when `weighted` is 0. */
  readonly weights: GPUBuffer;
  /** 1 when the points have weights: the kernels' `weighted` constant. */
  readonly weighted: 0 | 1;
  /** Sum of the weights; the number of points without any. */
  readonly totalWeight: number;
  readonly signal: AbortSignal | undefined;
}

/** Centroids, or seeds, whose distances to a whole chunk of points are the work of one dispatch. */
export function targetsPerDispatch(clusters: number): number {
  return Math.max(4, clusters);
}

/**
 * Puts points and weights on the device.
 *
 * @throws {UnsupportedError} when the points exceed the device's limits or live elsewhere
 * @throws {DeviceError} when the device fails or runs out of memory
 */
export async function createResources(
  context: DeviceContext,
  points: Points,
  options: KMeansSessionOptions,
): Promise<KMeansResources> {
  const { clusters, weights, signal } = options;
  const largest = context.device.limits.maxStorageBufferBindingSize;
  const bindings = {
    'one label per point': 4 * points.rows,
    'the centroids': 4 * clusters * (points.columns + 1),
  };
  for (const [what, bytes] of Object.entries(bindings)) {
    if (bytes > largest) {
      throw new UnsupportedError(
        `This device binds at most ${largest} bytes at a time, but ${what} would take ${bytes}; ` +
          'use fewer points, columns or clusters.',
      );
    }
  }
  const scope = context.createScope();
  try {
    const rowCost = points.columns * targetsPerDispatch(clusters);
    const resident = await uploadPoints(context, scope, points, rowCost, signal);
    const weightBuffer = await context.guard('uploading weights', () =>
      weights === undefined ? scope.storage('no weights', 4) : scope.upload('weights', weights),
    );
    return {
      context,
      scope,
      points: resident,
      clusters,
      unitCentroids: options.unitCentroids ?? false,
      weights: weightBuffer,
      weighted: weights === undefined ? 0 : 1,
      totalWeight: weights === undefined ? points.rows : weights.reduce((sum, weight) => sum + weight, 0),
      signal,
    };
  } catch (error) {
    scope.destroy();
    throw error;
  }
}
