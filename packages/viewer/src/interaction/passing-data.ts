import type { ClusteringData } from '../data/types.ts';
import { countLabels } from './groups.ts';

/**
 * The same data with classes counted only over the points that pass filters.
 *
 * @param passing 1 for each point that passes; undefined counts all rows, as the data does
 */
export function passingData(data: ClusteringData, passing: Uint8Array | undefined): ClusteringData {
  const { classes, labels, clusters, count } = data;
  if (passing === undefined || classes === undefined) return data;
  const width = classes.names.length;
  const counts = new Uint32Array(classes.counts.length);
  for (let point = 0; point < count; point++) {
    const [cluster, number] = [labels[point], classes.labels[point]];
    if (passing[point] === 1 && cluster < clusters && number < width) counts[cluster * width + number]++;
  }
  return { ...data, classes: { ...classes, counts } };
}

const counted = new WeakMap<Uint8Array, { readonly of: Uint32Array; readonly counts: Uint32Array }>();

/** How many points of each cluster pass filters, counted once; the last number is of points without a cluster. */
export function passingCounts({ labels, count, clusters }: ClusteringData, passing: Uint8Array): Uint32Array {
  const last = counted.get(passing);
  if (last?.of === labels) return last.counts;
  const counts = countLabels(labels, count, clusters, passing);
  counted.set(passing, { of: labels, counts });
  return counts;
}
