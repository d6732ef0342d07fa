import { forEachChunk } from '../chunks.ts';
import { InvalidArgumentError } from '../errors.ts';
import { gatherRows, matrix, type Matrix } from '../matrix.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import type { ProgressListener } from '../progress.ts';
import { Random } from '../random.ts';
import { requireOneOf } from '../validation.ts';
import {
  assertNoOverflow,
  assertOneLabelPerPoint,
  partitionPoints,
  type ClusterPartition,
} from './cluster-partition.ts';
import { clusteredRows } from './clustered-points.ts';
import { tileClusters, tilePairs } from './distance-tiles.ts';
import { DISTANCE_METRICS, type DistanceMetric } from './distance-metrics.ts';
import { assertSquare, euclideanDistances, metricDistances, precomputedDistances } from './distances.ts';
import type { Labels } from './labels.ts';

/** Options of the silhouette. */
export interface SilhouetteOptions {
  /**
   * 'euclidean' (default) and the other metrics measure between the rows of `points`; with 'precomputed', `points` is
   * the square matrix of distances itself, of any kind, with a diagonal of 0 up to rounding (100 units of its type).
   */
  readonly metric?: DistanceMetric | 'precomputed' | undefined;
  /** Stops the work: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called about a hundred times with the share of distances done. */
  readonly onProgress?: ProgressListener | undefined;
}

/** Options of the silhouette score. */
export interface SilhouetteScoreOptions extends SilhouetteOptions {
  /** Score this many points drawn without replacement, among themselves; default all. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
}

/**
 * Silhouette of each point, from -1 to 1: (b - a) / max(a, b), a being the mean distance to the
 * other points of its cluster, and b the smallest mean distance to the points of another cluster. A point
 * alone in its cluster scores 0, and so does one with a = b = 0.
 *
 * Each distance is computed once, tile against tile, and is added to both of its points; pairs of
 * clusters are finished one after another. So the work is n^2 / 2 distances and the memory O(n) beside
 * the points, whatever the number of clusters. Rousseeuw, J. Computational and Applied Mathematics 20 (1987).
 *
 * @param given rows x columns: rows of numbers, `{ data, columns }` or a matrix
 * @param labels one per point; points without a cluster (-1) are left out, unlike in scikit-learn
 * @returns one value per point, in their order; NaN for points without a cluster
 * @throws {InvalidArgumentError} for an unknown metric
 * @throws {ShapeError} when there is not one label per point, or precomputed distances are not square
 * @throws {DataError} for NaN or infinite values, bad labels, a diagonal that is not 0, or not 2 to
 * points - 1 clusters
 */
export async function silhouetteSamples(
  given: MatrixLike,
  labels: Labels,
  options: SilhouetteOptions = {},
): Promise<Float64Array> {
  const points = matrixOf(given);
  const take = (all: Matrix, rows: Uint32Array): Matrix => takeSample(all, rows, options.metric);
  const partition = partitionPoints(points, labels, take);
  const { order, starts, codes, rows } = partition;
  const { within, nearest } = await meanDistances(partition, options);

  const samples = new Float64Array(codes.length);
  for (let position = 0; position < codes.length; position++) {
    const point = order[position];
    const a = within[position];
    const b = nearest[position];
    const isAlone = starts[codes[point] + 1] - starts[codes[point]] === 1;
    if (!isAlone && (a > 0 || b > 0)) samples[point] = (b - a) / Math.max(a, b);
  }
  if (rows === undefined) return samples;
  const ofAll = new Float64Array(points.rows).fill(NaN);
  rows.forEach((row, i) => {
    ofAll[row] = samples[i];
  });
  return ofAll;
}

/**
 * Mean silhouette of the points, from -1 to 1: see `silhouetteSamples`. With `sampleSize` the mean is that of a sample,
 * with the given labels and the distances within the sample, in O(sampleSize^2) instead of O(points^2). Points without
 * a cluster (-1) are left out, and not drawn.
 *
 * @throws {InvalidArgumentError} when `sampleSize` is not a whole number from 1 to the points that have a cluster, for a bad seed or metric
 * @throws {ShapeError} when there is not one label per point, or precomputed distances are not square
 * @throws {DataError} for NaN or infinite values, bad labels, a diagonal that is not 0, or not 2 to
 * points - 1 clusters (in the sample)
 */
export async function silhouetteScore(
  given: MatrixLike,
  labels: Labels,
  options: SilhouetteScoreOptions = {},
): Promise<number> {
  const points = matrixOf(given);
  const { sampleSize, seed = 0, ...rest } = options;
  if (sampleSize !== undefined) {
    assertOneLabelPerPoint(points, labels);
    const clustered = clusteredRows(labels);
    const rows = drawSample(clustered.length, sampleSize, seed).map((at) => clustered[at]);
    const sample = takeSample(points, rows, rest.metric);
    const sampleLabels = Array.from(rows, (row) => labels[row]);
    return silhouetteScore(sample, sampleLabels, rest);
  }
  const samples = await silhouetteSamples(points, labels, rest);
  let sum = 0;
  let count = 0;
  for (const value of samples) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/**
 * Rows of a sample, drawn without replacement, ascending.
 *
 * @throws {InvalidArgumentError} when `sampleSize` is not a whole number from 1 to points, or for a bad seed
 */
export function drawSample(points: number, sampleSize: number, seed: number): Uint32Array {
  if (!Number.isSafeInteger(sampleSize) || sampleSize < 1 || sampleSize > points) {
    throw new InvalidArgumentError(
      `sampleSize must be a whole number from 1 to ${String(points)}, the number of points; got ${String(sampleSize)}.`,
    );
  }
  // In ascending order, a sample of all points gives the same bits as the points themselves.
  return new Random(seed).distinct(sampleSize, points).sort();
}

/** The sampled points, or the distances among them. */
function takeSample(points: Matrix, rows: Uint32Array, metric: SilhouetteOptions['metric']): Matrix {
  if (metric === 'precomputed') assertSquare(points);
  const sampledRows = gatherRows(points, rows);
  if (metric !== 'precomputed') return matrix(sampledRows, rows.length, points.columns);
  const sampled = new Float64Array(rows.length ** 2);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < rows.length; j++) {
      sampled[i * rows.length + j] = sampledRows[i * points.columns + rows[j]];
    }
  }
  return matrix(sampled, rows.length, rows.length);
}

/** Mean distances of each point, by its position in the order of clusters. */
interface MeanDistances {
  /** To the other points of its cluster. */
  readonly within: Float64Array;
  /** To the points of the nearest other cluster. */
  readonly nearest: Float64Array;
}

async function meanDistances(
  partition: ClusterPartition,
  options: SilhouetteOptions,
): Promise<MeanDistances> {
  const { points, order, starts } = partition;
  const within = new Float64Array(points.rows);
  const nearest = new Float64Array(points.rows).fill(Infinity);
  const sums = new Float64Array(points.rows);

  /** Turns the sums of distances from the points of `own` to those of `other` into means, and resets the sums. */
  const finish = (own: number, other: number): void => {
    const otherSize = starts[other + 1] - starts[other];
    for (let position = starts[own]; position < starts[own + 1]; position++) {
      assertNoOverflow(sums[position]);
      if (own === other) within[position] = sums[position] / (otherSize - 1);
      else nearest[position] = Math.min(nearest[position], sums[position] / otherSize);
      sums[position] = 0;
    }
  };

  const tiles = tileClusters(partition);
  const tileCount = tiles.flat().length;
  const total = (tileCount * (tileCount + 1)) / 2;
  const stride = Math.ceil(total / 100);
  const pairs = tilePairs(tiles);
  const addDistances = chooseDistances(options.metric)(points, order);
  await forEachChunk(total, 1, options.signal, (index) => {
    const completed = index + 1;
    const pair = pairs.next().value!;
    const [a, b] = [pair.a.cluster, pair.b.cluster];
    addDistances(pair, sums);
    if (pair.completesClusters) {
      finish(a, b);
      if (a !== b) finish(b, a);
    }
    if (completed % stride === 0 || completed === total) {
      options.onProgress?.({ phase: 'silhouette', completed, total });
    }
  });
  return { within, nearest };
}

function chooseDistances(metric: SilhouetteOptions['metric'] = 'euclidean'): typeof euclideanDistances {
  if (metric === 'euclidean') return euclideanDistances;
  if (metric === 'precomputed') return precomputedDistances;
  return metricDistances(
    requireOneOf("The silhouette's metric (or 'precomputed')", metric, DISTANCE_METRICS),
  );
}
