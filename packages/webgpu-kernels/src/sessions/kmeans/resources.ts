import type { KMeansPrecision, Points } from '@shoal/core';
import type { KMeansSessionOptions } from '@shoal/core/engine-kit';
import type { DeviceContext } from '../../runtime/device.ts';
import { createPointResources, requireBindable, type PointResources } from '../../points/resources.ts';

/** What the parts of a k-means session share. */
export interface KMeansResources extends PointResources, VariantChoice {
  readonly clusters: number;
  readonly unitCentroids: boolean;
  readonly precision: KMeansPrecision;
}

/** Every way to compute an iteration. */
export const KMEANS_VARIANTS = ['straight', 'fused', 'tiled', 'half', 'matrix', 'split-matrix'] as const;

/**
 * How k-means iterations are computed: `fused`, assignment and sums in one reading of the points; `tiled`, candidates by
 * products that registers share; `half`, the same by products of half floats; `matrix`, by the device's matrix unit;
 * `split-matrix`, by the matrix unit with values as two halves; `straight`, none of these.
 */
export type KMeansVariant = (typeof KMEANS_VARIANTS)[number];

/** What is known of how iterations should be computed; nothing leaves it to the shape. */
export interface VariantChoice {
  /** Asked for by name: this one or an `UnsupportedError`. */
  readonly variant?: KMeansVariant | undefined;
  /** Quickest for shapes nearby: taken where it can be. */
  readonly tuned?: KMeansVariant | undefined;
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
  choice: VariantChoice,
): Promise<KMeansResources> {
  const { clusters, unitCentroids = false, precision = 'exact' } = options;
  const bindings = {
    'one label per point': 4 * points.rows,
    'the centroids': 4 * clusters * (points.columns + 1),
  };
  requireBindable(context, bindings, 'use fewer points, columns or clusters');
  const rowCost = points.columns * targetsPerDispatch(clusters);
  const resources = await createPointResources(context, points, options, rowCost);
  return { ...resources, ...choice, clusters, unitCentroids, precision };
}
