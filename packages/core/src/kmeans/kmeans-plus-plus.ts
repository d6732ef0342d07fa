import { defaultEngine } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { gatherRows, matrix, type Matrix, type Points } from '../matrix.ts';
import type { NumberArray } from '../number-array.ts';
import { centerPoints } from '../origin/move-points.ts';
import { openPartedKMeans } from '../parts/open-kmeans.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { placeParts } from '../parts/place-parts.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { requireFittable, requireWholeNumber } from '../validation.ts';
import { defaultTrials, seedGreedily, type SeedingOptions } from './seeding.ts';

/** Settings of `kmeansPlusPlus`. */
export interface KMeansPlusPlusOptions {
  /** Weight of each point: finite, >= 0, not all zero. */
  readonly weights?: NumberArray | undefined;
  /** Candidates tried for each seed; default 2 + floor(ln K), 1 is the plain k-means++. */
  readonly trials?: number | undefined;
  /** Seed of all random choices, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  /** Stops the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Seeds of clusters. */
export interface KMeansSeeds {
  /** The chosen points, K x D. */
  readonly centroids: Matrix;
  /** Which rows they are, K values, all different. */
  readonly indices: Uint32Array;
}

/**
 * Greedy k-means++ seeds (Arthur & Vassilvitskii, SODA 2007): what `KMeans` of the same seed and trials starts from.
 *
 * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device
 * @param clusters number of seeds, K
 * @throws {InvalidArgumentError} when there are fewer points of positive weight than clusters, or an option is out of range
 * @throws {ShapeError} when there is not one weight per point
 * @throws {DataError} when points are NaN or infinite
 */
export async function kmeansPlusPlus(
  given: PointsLike,
  clusters: number,
  options: KMeansPlusPlusOptions = {},
): Promise<KMeansSeeds> {
  const points = pointsOf(given);
  requireWholeNumber('The number of clusters', clusters, 1);
  const trials = requireWholeNumber('trials', options.trials ?? defaultTrials(clusters), 1);
  const random = new Random(requireWholeNumber('seed', options.seed ?? 0, 0));
  const weights = requireFittable(points, options.weights, clusters, 'clusters');
  const { engine = await defaultEngine(), signal } = options;
  const { points: centered } = await centerPoints(points, engine, { weights, signal });
  const { indices, rows } = await seedsOf(centered, clusters, engine, random, { trials, weights, signal });
  // Rows on a device are float32 already; rows on the host are returned unchanged.
  const values = points.location === 'device' ? rows : gatherRows(points, indices);
  return { centroids: matrix(values, clusters, points.columns), indices };
}

/** Indices of seeds, and their rows as the engine has them. The arguments are already checked. */
export async function seedsOf(
  points: Points | PartedPoints,
  clusters: number,
  engine: Engine,
  random: Random,
  { trials, ...options }: SeedingOptions & { readonly trials: number },
): Promise<{ readonly indices: Uint32Array; readonly rows: Float32Array | Float64Array }> {
  const { weights, signal } = options;
  const session = await openSession(points, clusters, engine, { weights, signal });
  try {
    const indices = await seedGreedily(session, trials, random, options);
    return { indices, rows: await session.readRows(indices) };
  } finally {
    session.destroy();
  }
}

async function openSession(
  points: Points | PartedPoints,
  clusters: number,
  engine: Engine,
  { weights, signal }: Pick<SeedingOptions, 'weights' | 'signal'>,
): Promise<KMeansSession> {
  if (!areParted(points)) return engine.createKMeans(points, { clusters, weights, signal });
  const { center, whole } = await placeParts(points, engine, { scalings: [], moves: false, weights, signal });
  return openPartedKMeans(engine, points, { clusters, center, whole, weights, signal });
}
