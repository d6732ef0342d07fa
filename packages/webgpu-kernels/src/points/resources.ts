import { assertWeights, type SessionOptions } from '@shoal/core/engine-kit';
import { assertFinite, UnsupportedError, type Points } from '@shoal/core';
import { uploadPoints, type DevicePoints } from './device-points.ts';
import type { BufferScope } from '../runtime/buffers.ts';
import type { DeviceContext } from '../runtime/device.ts';

/** Points and weights on the device, which all kinds of sessions have. */
export interface PointResources {
  readonly context: DeviceContext;
  /** Owns every buffer of the session. */
  readonly scope: BufferScope;
  readonly points: DevicePoints;
  /** One float per point, or a dummy buffer that no kernel reads when `weighted` is 0. */
  readonly weights: GPUBuffer;
  /** 1 when the points have weights: the kernels' `weighted` constant. */
  readonly weighted: 0 | 1;
  /** Sum of the weights; without weights the number of points. */
  readonly totalWeight: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Uploads points and weights to the device.
 *
 * @param rowCost multiply-adds per row of the most expensive kernel that will run over the points
 * @throws {InvalidArgumentError} for invalid weights
 * @throws {ShapeError} when there is not one weight per point
 * @throws {DataError} for host points that are not finite
 * @throws {UnsupportedError} when the points exceed the device's limits or are on another engine or device
 * @throws {DeviceError} when the device fails or runs out of memory
 */
export async function createPointResources(
  context: DeviceContext,
  points: Points,
  { weights, signal }: SessionOptions,
  rowCost: number,
): Promise<PointResources> {
  assertWeights(weights, points.rows);
  if (points.location === 'host') assertFinite(points);
  requireBindable(context, { 'one weight per point': weights?.byteLength ?? 0 }, 'use fewer points');
  const scope = context.createScope();
  try {
    const resident = await uploadPoints(context, scope, points, rowCost, signal);
    const weightBuffer = await context.guard('uploading weights', () =>
      weights === undefined ? scope.storage('no weights', 4) : scope.upload('weights', weights),
    );
    return {
      context,
      scope,
      points: resident,
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

/**
 * @param bindings bytes of the bindings that a kernel needs, by a name for the message
 * @param advice what to do if one is too large
 * @throws {UnsupportedError} with the name of the first that the device cannot bind
 */
export function requireBindable(
  context: DeviceContext,
  bindings: Readonly<Record<string, number>>,
  advice: string,
): void {
  const largest = context.device.limits.maxStorageBufferBindingSize;
  for (const [what, bytes] of Object.entries(bindings)) {
    if (bytes > largest) {
      throw new UnsupportedError(
        `This device binds at most ${largest} bytes at a time, but ${what} would take ${bytes}; ${advice}.`,
      );
    }
  }
}
