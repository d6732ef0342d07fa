import { alignedConfusionMatrix } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import type { Color } from '../render/scatter.ts';
import { contingencyOf } from '../data/contingency.ts';
import { makePalette, type PaletteName } from './palettes.ts';

/** Matching more classes with more clusters than this takes seconds. */
const MOST_MATCHED = 512;

/** The colours of clusters and classes. */
export interface GroupColors {
  readonly clusters: readonly Color[];
  readonly classes: readonly Color[];
}

/**
 * Colours for the clusters, and for the classes: each class has that of the cluster it is matched with, so that colouring
 * by the other shows at once where the two differ.
 */
export function groupColors(data: ClusteringData, name: PaletteName, background: Color): GroupColors {
  const { clusters, classes } = data;
  const count = Math.max(clusters, classes?.names.length ?? 0);
  const places = new Float32Array(2 * count).fill(NaN);
  places.set(centersOf(data));
  const colors = makePalette({ count, name, background, places });
  return {
    clusters: colors.slice(0, clusters),
    classes: classOrder(data).map((color) => colors[color]),
  };
}

/** Which of the colours each class has. */
function classOrder(data: ClusteringData): readonly number[] {
  const { clusters, classes } = data;
  if (classes === undefined) return [];
  const own = classes.names.map((_, i) => i);
  if (Math.max(own.length, clusters) > MOST_MATCHED) return own;
  const matched = alignedConfusionMatrix
    .fromContingency(contingencyOf(classes, clusters))
    .clusters.slice(0, own.length);
  const taken = new Set(matched);
  const free = Array.from({ length: Math.max(clusters, own.length) }, (_, i) => i).filter((i) => !taken.has(i));
  // Colours beyond the clusters' first, so that a class without a cluster is not taken for one.
  const spare = [...free.filter((i) => i >= clusters), ...free.filter((i) => i < clusters)];
  return own.map((i) => {
    const cluster = matched[i];
    return typeof cluster === 'number' ? cluster : (spare.shift() ?? i);
  });
}

/** Where clusters are on the map: their centroids, or the means of their points. K x 2. */
function centersOf({ model, clusters, labels, positions }: ClusteringData): Float32Array {
  if (model !== undefined) return model.centroids.subarray(0, 2 * clusters);
  const sums = new Float64Array(2 * clusters);
  const counts = new Float64Array(clusters);
  labels.forEach((label, point) => {
    const x = positions[2 * point];
    const y = positions[2 * point + 1];
    if (label >= clusters || !Number.isFinite(x) || !Number.isFinite(y)) return;
    sums[2 * label] += x;
    sums[2 * label + 1] += y;
    counts[label]++;
  });
  return Float32Array.from(sums, (sum, i) => sum / counts[i >> 1]);
}
