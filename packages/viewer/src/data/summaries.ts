import type { Matrix } from '@shoal/core';
import { blocksIn, type ClusterSpace } from './cluster-space.ts';
import type { ClusterSummary } from './types.ts';

/**
 * Squared distance of each point to the centroid of its cluster, N values; NaN for a point without a cluster or a position.
 *
 * @param points N x D
 * @param labels N values, from 0 to K - 1, or larger for no cluster
 */
export async function distancesToOwn(
  points: Matrix,
  space: ClusterSpace,
  labels: Uint32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { columns, centroids, clusters } = space;
  const out = new Float64Array(labels.length).fill(NaN);
  for await (const { start, points: block, broken } of blocksIn(space, points, signal)) {
    const { data, scale, rows } = block;
    for (let i = 0; i < rows; i++) {
      const cluster = labels[start + i];
      if (cluster >= clusters || broken?.[i] === 1) continue;
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        sum += (data[i * columns + j] * scale - centroids[cluster * columns + j]) ** 2;
      }
      out[start + i] = sum;
    }
  }
  return out;
}

/** The mean of the points of each cluster, where its centroid is not known otherwise; NaN for an empty cluster. */
export async function spaceOfMeans(
  points: Matrix,
  labels: Uint32Array,
  clusters: number,
  signal?: AbortSignal,
): Promise<ClusterSpace> {
  const { columns } = points;
  const centroids = new Float64Array(clusters * columns);
  const sizes = new Float64Array(clusters);
  for await (const { start, points: block, broken } of blocksIn({ scalings: [] }, points, signal)) {
    for (let i = 0; i < block.rows; i++) {
      const cluster = labels[start + i];
      if (cluster >= clusters || broken?.[i] === 1) continue;
      sizes[cluster]++;
      for (let j = 0; j < columns; j++) {
        centroids[cluster * columns + j] += block.data[i * columns + j] * block.scale;
      }
    }
  }
  for (let k = 0; k < clusters; k++) {
    for (let j = 0; j < columns; j++) centroids[k * columns + j] /= Math.max(1, sizes[k]);
  }
  return { kind: 'kmeans', clusters, columns, scalings: [], centroids };
}

/** How many nearest, and how many farthest, points of every cluster its card shows; fewer where there are many clusters. */
export function membersShown(clusters: number): number {
  return Math.max(1, Math.min(8, Math.floor(2000 / clusters)));
}

/**
 * A summary of each cluster, over all points.
 *
 * @param distances squared distances of points to their centroids, N; without them no points are listed as near or far
 * @param about whether the sum of the distances is the inertia that the fit minimized, and mixing weights
 */
export function summarize(
  labels: Uint32Array,
  clusters: number,
  distances: Float64Array | undefined,
  about: { readonly inertia: boolean; readonly weights?: Float64Array | undefined },
): ClusterSummary[] {
  const shown = membersShown(clusters);
  const sizes = new Float64Array(clusters);
  const inertias = new Float64Array(clusters);
  const nearest = Array.from({ length: clusters }, () => [] as number[]);
  const farthest = Array.from({ length: clusters }, () => [] as number[]);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i];
    if (cluster >= clusters) continue;
    sizes[cluster]++;
    if (distances === undefined || Number.isNaN(distances[i])) continue;
    inertias[cluster] += distances[i];
    insert(nearest[cluster], i, shown, (a, b) => distances[a] < distances[b]);
    insert(farthest[cluster], i, shown, (a, b) => distances[a] > distances[b]);
  }
  return Array.from(sizes, (size, cluster) => ({
    cluster,
    size,
    inertia: about.inertia ? inertias[cluster] : undefined,
    weight: about.weights?.[cluster],
    nearest: nearest[cluster],
    farthest: farthest[cluster],
  }));
}

/** Keeps the best `most` of all inserted values, best first; among equals, the first inserted. */
function insert(
  best: number[],
  candidate: number,
  most: number,
  better: (a: number, b: number) => boolean,
): void {
  let at = best.length;
  while (at > 0 && better(candidate, best[at - 1])) at--;
  if (at === most) return;
  best.splice(at, 0, candidate);
  best.length = Math.min(best.length, most);
}

/**
 * The mean image of each cluster: its centroid, where the points are images; else the mean of its members' images.
 *
 * @param pixels an image of each point, N x `size`
 */
export function meanPictures(
  pixels: Uint8Array,
  size: number,
  labels: Uint32Array,
  clusters: number,
): (Uint8Array | undefined)[] {
  const sums = new Float64Array(clusters * size);
  const counts = new Float64Array(clusters);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i];
    if (cluster >= clusters) continue;
    counts[cluster]++;
    for (let j = 0; j < size; j++) sums[cluster * size + j] += pixels[i * size + j];
  }
  return Array.from(counts, (count, k) =>
    count === 0
      ? undefined
      : Uint8Array.from(sums.subarray(k * size, (k + 1) * size), (sum) => Math.round(sum / count)),
  );
}
