import { forEachChunk } from '../chunks.ts';
import { DataError, ShapeError } from '../errors.ts';
import { matrix } from '../matrix.ts';
import { isNoCluster } from '../no-cluster.ts';
import { gatherPartedRows } from '../parts/gather-parted-rows.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import { varianceRatio } from './calinski-harabasz.ts';
import { clusteredRows } from './clustered-points.ts';
import { measureSpreadOfParts } from './cluster-spread.ts';
import { ClusterRatios } from './davies-bouldin.ts';
import type { SpreadScores } from './score-spread.ts';
import { drawSample, silhouetteScore, type SilhouetteScoreOptions } from './silhouette.ts';

/** Scores of points in parts. */
export interface PartsScores extends SpreadScores {
  /** Of a random sample. */
  readonly silhouette: number;
  /** Points of the sample. */
  readonly silhouetteSample: number;
}

/** The default size of the sample, whose silhouette is within about a hundredth of that of all points. */
const SAMPLE_SIZE = 10_000;

/**
 * Scores of points in parts against their clusters: the Calinski-Harabasz and Davies-Bouldin indexes of all points, to the
 * same bits as `scoreSpread`, and the silhouette of a random sample. Two passes over the parts, and one for the sample.
 *
 * @param labels cluster of each point, 0 or more; points without a cluster are left out
 * @throws {ShapeError} when there is not one label per point
 * @throws {DataError} for NaN or infinite values, or not 2 to points - 1 clusters
 * @throws {InvalidArgumentError} when the sample is larger than the points with a cluster
 * @throws the signal's reason when it is aborted
 */
export async function scoreParts(
  points: PartedPoints,
  labels: Uint32Array | Int32Array,
  options: Omit<SilhouetteScoreOptions, 'metric'> = {},
): Promise<PartsScores> {
  if (labels.length !== points.rows) {
    throw new ShapeError(
      `Each point needs one label, but there are ${points.rows} points and ${labels.length} labels.`,
    );
  }
  const { seed = 0, signal, onProgress } = options;
  const clustered = clusteredRows(labels);
  const { codes, clusters } = codesOf(labels);
  if (clusters < 2 || clusters >= clustered.length) {
    throw new DataError(
      `These scores need from 2 to points - 1 clusters; got ${clusters} for ${clustered.length} points. Choose another number of clusters.`,
    );
  }
  const spread = await measureSpreadOfParts(points, codes, clusters, signal);
  const ratios = new ClusterRatios(spread, points.columns);
  await forEachChunk(ratios.clusters, 1, signal, (cluster) => {
    ratios.compare(cluster);
  });
  const sampleSize = options.sampleSize ?? Math.min(SAMPLE_SIZE, clustered.length);
  const rows = drawSample(clustered.length, sampleSize, seed).map((at) => clustered[at]);
  const sample = matrix(await gatherPartedRows(points, rows, signal), rows.length, points.columns);
  const sampleLabels = Array.from(rows, (row) => labels[row]);
  return {
    silhouette: await silhouetteScore(sample, sampleLabels, { signal, onProgress }),
    silhouetteSample: sampleSize,
    calinskiHarabasz: varianceRatio(spread, { rows: clustered.length, columns: points.columns }),
    daviesBouldin: ratios.mean(),
  };
}

/** Clusters by their rank among those that have points; the number of clusters stands for none. */
function codesOf(labels: Uint32Array | Int32Array): {
  readonly codes: Uint32Array;
  readonly clusters: number;
} {
  const used = new Set<number>();
  for (const label of labels) if (!isNoCluster(label)) used.add(label);
  const rankOf = new Map([...used].sort((a, b) => a - b).map((label, rank) => [label, rank]));
  const codes = Uint32Array.from(labels, (label) => rankOf.get(label) ?? used.size);
  return { codes, clusters: used.size };
}
