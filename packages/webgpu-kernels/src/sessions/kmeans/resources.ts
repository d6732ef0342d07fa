import type { KMeansSessionOptions, Points } from '@shoal/core';
import type { DeviceContext } from '../../runtime/device.ts';
import { createPointResources, requireBindable, type PointResources } from '../points/resources.ts';

/** What the parts of a k-means session share. */
export interface KMeansResources extends PointResources {
  readonly clusters: number;
  readonly unitCentroids: boolean;
  /** How iterations are to be computed; undefined leaves it to the shape. */
  readonly variant?: KMeansVariant | undefined;
}

/** Every way to compute an iteration. */
export const KMEANS_VARIANTS = ['straight', 'fused', 'tiled'] as const;

/**
 * How k-means iterations are computed: `fused`, assignment and sums in one reading of the points; `tiled`, distances by
 * products that registers share; `straight`, neither.
 */
export type KMeansVariant = (typeof KMEANS_VARIANTS)[number];

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
  variant?: KMeansVariant,
): Promise<KMeansResources> {
  const { clusters, unitCentroids = false } = options;
  const bindings = {
    'one label per point': 4 * points.rows,
    'the centroids': 4 * clusters * (points.columns + 1),
  };
  requireBindable(context, bindings, 'use fewer points, columns or clusters');
  const rowCost = points.columns * targetsPerDispatch(clusters);
  const resources = await createPointResources(context, points, options, rowCost);
  return { ...resources, clusters, unitCentroids, variant };
}
