import type { KMeansPrecision, Points } from '@shoal/core';
import type { KMeansSessionOptions } from '@shoal/core/engine-kit';
import type { DeviceContext } from '../../runtime/device.ts';
import { createPointResources, requireBindable, type PointResources } from '../../points/resources.ts';

/** The shared resources of a k-means session. */
export interface KMeansResources extends PointResources, VariantChoice {
  readonly clusters: number;
  readonly unitCentroids: boolean;
  readonly precision: KMeansPrecision;
}

/** Every way to compute an iteration. */
export const KMEANS_VARIANTS = ['straight', 'fused', 'tiled', 'half', 'matrix', 'split-matrix'] as const;

/**
 * How k-means iterations are computed: `fused`, assignment and sums while points are read once; `tiled`, candidates by
 * products of tiles in registers; `half`, the same by products of half floats; `matrix`, by the device's matrix unit;
 * `split-matrix`, by the matrix unit with values as two halves; `straight`, none of these.
 */
export type KMeansVariant = (typeof KMEANS_VARIANTS)[number];

/** The wanted variant of iterations; if empty, it depends on the shape. */
export interface VariantChoice {
  /** Requested by name: this variant or an `UnsupportedError`. */
  readonly variant?: KMeansVariant | undefined;
  /** The fastest for similar shapes: used if it works here. */
  readonly tuned?: KMeansVariant | undefined;
}

/** Centroids, or seeds, whose distances to a whole chunk of points are the work of one dispatch. */
export function targetsPerDispatch(clusters: number): number {
  return Math.max(4, clusters);
}

/**
 * Uploads points and weights to the device.
 *
 * @throws {UnsupportedError} when the points exceed the device's limits or are on another engine or device
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
