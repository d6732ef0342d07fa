import type { Engine } from '../engine/engine.ts';
import type { Points } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { ProgressListener } from '../progress.ts';
import { requirePositive, requireWholeNumber } from '../validation.ts';
import { distanceIn, toCompared, type DensityMetric } from './metric.ts';

/** Settings of `radiusComponents`. */
export interface RadiusComponentsOptions {
  /** Two points are neighbors when their distance is at most this; above 0, in the metric. */
  readonly radius: number;
  /**
   * A point is a core point when at least so many points are within the radius, itself included, as scikit-learn's DBSCAN
   * counts. A whole number >= 1.
   */
  readonly minSamples: number;
  /** Default `euclidean`. */
  readonly metric?: DensityMetric | undefined;
  /** Stops the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Points that are connected through core points. */
export interface RadiusComponents {
  /**
   * Component of each point, N values: of a core point the one that it belongs to, of another point the lowest one of the
   * core points within the radius, and `NO_CLUSTER` when there are none. Components are numbered from 0 in the order of
   * their lowest core rows, so the labels are those of scikit-learn's DBSCAN.
   */
  readonly components: Uint32Array;
  /** Number of components. */
  readonly count: number;
  /** 1 for each core point, N values. */
  readonly isCore: Uint8Array;
}

/**
 * The connected components of DBSCAN (Ester, Kriegel, Sander & Xu, "A density-based algorithm for discovering clusters in
 * large spatial databases with noise", KDD 1996). Needs memory for N points, not for their neighbors.
 *
 * @param points N x D
 * @throws {InvalidArgumentError} for an invalid setting
 * @throws {DataError} when a value is NaN or infinite, or the metric is cosine and a row is all zeros
 * @throws the signal's reason when it is aborted
 */
export async function radiusComponents(
  engine: Engine,
  points: Points,
  { radius, minSamples, metric = 'euclidean', signal, onProgress }: RadiusComponentsOptions,
): Promise<RadiusComponents> {
  requirePositive('radius', radius);
  requireWholeNumber('minSamples', minSamples, 1);
  const compared = await toCompared(points, metric, engine, signal);
  const square = greatestSquare(metric, radius);
  const { rows } = compared;
  const session = await engine.createSpanning(compared, { minSamples: 0, signal });
  try {
    const counts = await session.countWithin(square);
    onProgress?.({ phase: 'core points', completed: rows, total: rows });
    const isCore = Uint8Array.from(counts, (count) => (count >= minSamples ? 1 : 0));
    const lowest = await session.joinWithin(square, isCore);
    onProgress?.({ phase: 'components', completed: rows, total: rows });
    return { ...numberComponents(lowest), isCore };
  } finally {
    session.destroy();
  }
}

/** The greatest squared distance whose distance in the metric is at most the radius. */
function greatestSquare(metric: DensityMetric, radius: number): number {
  const isWithin = (square: number): boolean => distanceIn(metric, Math.sqrt(square)) <= radius;
  let square = metric === 'cosine' ? 2 * radius : radius * radius;
  while (!isWithin(square)) square = neighborOf(square, -1n);
  while (isWithin(neighborOf(square, 1n))) square = neighborOf(square, 1n);
  return square;
}

/** The next greater or smaller number of float64. */
function neighborOf(value: number, step: bigint): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += step;
  return new Float64Array(bits.buffer)[0];
}

/** @param lowest the lowest core row of each point's component, or `NO_CLUSTER` */
function numberComponents(lowest: Uint32Array): Pick<RadiusComponents, 'components' | 'count'> {
  const numbers = new Uint32Array(lowest.length);
  let count = 0;
  lowest.forEach((row, i) => {
    if (row === i) numbers[i] = count++;
  });
  const components = lowest.map((row) => (row === NO_CLUSTER ? NO_CLUSTER : numbers[row]));
  return { components, count };
}
