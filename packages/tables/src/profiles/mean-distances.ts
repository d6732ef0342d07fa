import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import type { Groups } from './groups.ts';
import type { ProfilePoints } from './types.ts';

/**
 * Euclidean distance of each row's point to the mean of its cluster's points; NaN for rows without a point or a cluster. It
 * stands in for distances that a model without centers does not have.
 */
export async function distancesToMeans(
  { points, rows }: ProfilePoints,
  { labels, clusters }: Groups,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { data, columns, scale } = points;
  const means = new Float64Array((clusters + 1) * columns);
  const counts = new Uint32Array(clusters + 1);
  await forEachChunk(points.rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const cluster = labels[rows[i]];
      // A running mean keeps its digits far from 0.
      const part = 1 / ++counts[cluster];
      const mean = cluster * columns;
      for (let j = 0; j < columns; j++) means[mean + j] += (data[i * columns + j] - means[mean + j]) * part;
    }
  });
  const distances = new Float64Array(labels.length).fill(NaN);
  await forEachChunk(points.rows, chunkRows(columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const cluster = labels[rows[i]];
      if (cluster === clusters) continue;
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += (data[i * columns + j] - means[cluster * columns + j]) ** 2;
      distances[rows[i]] = Math.sqrt(sum) * Math.abs(scale);
    }
  });
  return distances;
}
