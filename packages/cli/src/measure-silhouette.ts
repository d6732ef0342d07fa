import {
  applyScaling,
  createReferenceEngine,
  gatherRows,
  matrix,
  NO_CLUSTER,
  Random,
  silhouetteScore,
  type Matrix,
} from '@shoal/core';
import type { FittedModel } from './methods/method.ts';
import type { MeasuredSilhouette } from './save-run.ts';

/** Greatest number of products of a sample: a part of a second. */
const MAX_WORK = 4e8;
const MAX_SAMPLE = 5000;
/** A sample with fewer points of a cluster on average says little about it. */
const MIN_PER_CLUSTER = 5;

/**
 * The silhouette of a sample of the fitted points, in the space of their clusters, that is, after the model's scaling.
 *
 * @param points that were clustered, N x D
 * @returns undefined where it is not defined, or where there are too many clusters for the sample
 */
export async function measureSilhouette(
  { model, clustering, space }: FittedModel,
  points: Matrix,
  seed: number,
  signal: AbortSignal,
): Promise<MeasuredSilhouette | undefined> {
  const placed = space ? await space.ofTraining(signal) : points;
  const clustered = Uint32Array.from(model.labels.keys()).filter((row) => model.labels[row] !== NO_CLUSTER);
  const most = Math.min(MAX_SAMPLE, Math.floor(Math.sqrt((2 * MAX_WORK) / Math.max(1, placed.columns))));
  const size = Math.min(clustered.length, most);
  if (size < MIN_PER_CLUSTER * model.clusters) return undefined;
  const rows = new Random(seed)
    .distinct(size, clustered.length)
    .sort()
    .map((at) => clustered[at]);
  const labels = Array.from(rows, (row) => model.labels[row]);
  const used = new Set(labels).size;
  if (used < 2 || used >= size) return undefined;
  let sample = matrix(gatherRows(placed, rows), size, placed.columns);
  const engine = createReferenceEngine();
  for (const scaling of clustering.centers?.scalings ?? []) {
    const scaled = await applyScaling(sample, scaling, engine, { signal });
    if (scaled.location === 'host') sample = scaled;
  }
  return { value: await silhouetteScore(sample, labels, { signal }), sample: size };
}
