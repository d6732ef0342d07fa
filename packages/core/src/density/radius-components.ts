import type { Engine } from '../engine/engine.ts';
import { inTurns, type Pausable } from '../chunks.ts';
import type { Matrix, Points } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { ProgressListener } from '../progress.ts';
import { requirePositive, requireWholeNumber } from '../validation.ts';
import { distanceIn, toCompared, type DensityMetric } from './metric.ts';
import { squaredDistance } from './squared-distance.ts';

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
  const isWithin = (square: number): boolean => distanceIn(metric, Math.sqrt(square)) <= radius;
  return inTurns(connect(compared, minSamples, isWithin, onProgress), signal);
}

function* connect(
  points: Matrix,
  minSamples: number,
  isWithin: (square: number) => boolean,
  onProgress: ProgressListener | undefined,
): Pausable<RadiusComponents> {
  const { rows } = points;
  const isCore = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    let count = 0;
    for (let k = 0; k < rows; k++) if (isWithin(squaredDistance(points, i, k))) count++;
    isCore[i] = count >= minSamples ? 1 : 0;
    onProgress?.({ phase: 'core points', completed: i + 1, total: rows });
    yield;
  }
  const components = new Uint32Array(rows).fill(NO_CLUSTER);
  let count = 0;
  for (let seed = 0; seed < rows; seed++) {
    if (isCore[seed] === 0 || components[seed] !== NO_CLUSTER) continue;
    components[seed] = count;
    const waiting = [seed];
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      for (let k = 0; k < rows; k++) {
        if (components[k] !== NO_CLUSTER || !isWithin(squaredDistance(points, i, k))) continue;
        components[k] = count;
        if (isCore[k] !== 0) waiting.push(k);
      }
      yield;
    }
    count++;
  }
  return { components, count, isCore };
}
