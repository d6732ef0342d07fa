import { applyScaling, type Engine, type Matrix } from '@shoal/core';
import type { UmapInit, UmapMetric, UmapNeighborSearch } from './types.ts';

export const UMAP_METRICS: readonly UmapMetric[] = ['euclidean', 'cosine'];
export const UMAP_NEIGHBOR_SEARCHES: readonly UmapNeighborSearch[] = ['exact', 'nn-descent'];
export const UMAP_INITS: readonly UmapInit[] = ['spectral', 'pca', 'random'];

/** The points whose Euclidean neighbours are those that the metric asks for: of the cosine, rows of unit length. */
export async function toSearched(
  points: Matrix,
  metric: UmapMetric,
  engine: Engine,
  signal?: AbortSignal,
): Promise<Matrix> {
  if (metric === 'euclidean') return points;
  return (await applyScaling(points, { kind: 'unit' }, engine, { signal })) as Matrix;
}

/** Distances in the metric, from those between the searched points: 1 - cos is half the square of those. */
export function distancesIn(metric: UmapMetric, distances: Float32Array): Float32Array {
  return metric === 'euclidean' ? distances : distances.map((distance) => (distance * distance) / 2);
}
