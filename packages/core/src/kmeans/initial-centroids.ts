import type { KMeansSession } from '../engine/kmeans/session.ts';
import { ShapeError, UnsupportedError } from '../errors.ts';
import { assertFinite, matrix, requirePoints, type Matrix, type Points } from '../matrix.ts';
import { lessOrigin } from '../origin/frame.ts';
import { matrixOf } from '../points-like.ts';
import type { Random } from '../random.ts';
import { scaleHostRows } from '../scaling/apply-scaling.ts';
import type { PlacedPoints } from './placed-points.ts';
import { drawDistinctRows } from './draw-rows.ts';
import { seedScalably, type ScalableSeedingOptions } from './seed-scalably.ts';
import { seedGreedily, type SeedingOptions } from './seeding.ts';
import type { KMeansInit, KMeansInitFunction, KMeansMetric } from './types.ts';

/** The settings of k-means that a start depends on. */
export interface InitialSettings {
  readonly clusters: number;
  readonly init: KMeansInit | Matrix | KMeansInitFunction;
  readonly metric: KMeansMetric;
  readonly trials: number;
  readonly rounds: number;
  readonly oversampling: number;
}

/** The points of a start, see `PlacedPoints`; those in parts are not at hand. */
export type StartPlace = Pick<PlacedPoints, 'engine' | 'origin'> &
  Partial<Pick<PlacedPoints, 'points' | 'centered'>>;

/**
 * The centroids that a start begins with, K x D less the origin.
 *
 * @throws {ShapeError} when given centroids have another number of columns, or there are more of them than clusters
 * @throws {DataError} when given centroids are NaN or infinite
 * @throws {UnsupportedError} when points in parts would be needed in one piece
 */
export async function initialCentroids(
  session: KMeansSession,
  place: StartPlace,
  random: Random,
  settings: InitialSettings,
  options: Pick<ScalableSeedingOptions, 'weights' | 'signal' | 'onRound'>,
): Promise<Float32Array | Float64Array> {
  const { engine, points, centered, origin } = place;
  const { init, metric, clusters, trials, rounds, oversampling } = settings;
  const unitCentroids = metric === 'cosine';
  switch (init) {
    case 'k-means++':
      return session.readRows(await seedGreedily(session, trials, random, options));
    case 'k-means||':
      return seedScalably(session, engine, random, {
        ...options,
        rounds,
        oversampling,
        trials,
        unitCentroids,
      });
    case 'random':
      return session.readRows(drawDistinctRows(session.rows, clusters, random, options.weights));
  }
  const found =
    typeof init === 'function'
      ? matrixOf(await init(requireTogether(points), clusters, random), 'Initial centroids')
      : init;
  requireGiven(found, clusters, session.columns);
  const given = unitCentroids ? await scaleHostRows(found, { kind: 'unit' }, options.signal) : found;
  const values = givenLessOrigin(given, origin);
  return given.rows === clusters
    ? values
    : complete(values, { engine, centered: requireTogether(centered) }, random, settings, options);
}

/** @throws {UnsupportedError} for points in parts */
function requireTogether(points: Points | undefined): Points {
  if (points) return points;
  throw new UnsupportedError(
    'Points in parts cannot start from a function, or from fewer centroids than clusters; give all centroids, or the name ' +
      'of a way to choose them.',
  );
}

/** Given centroids as the session has them, less the origin. */
export function givenLessOrigin(given: Matrix, origin: Float64Array | undefined): Float64Array {
  return lessOrigin(
    Float64Array.from(given.data, (value) => value * given.scale),
    origin,
  );
}

/**
 * Checks given centroids.
 *
 * @throws {InvalidArgumentError} when they are not a matrix
 * @throws {ShapeError} when there are more of them than clusters, or their number of columns is not that of the points
 *   (if known)
 * @throws {DataError} when a value is NaN or infinite
 */
export function requireGiven(given: Matrix, clusters: number, columns?: number): void {
  requirePoints(given, 'Initial centroids');
  if (given.rows > clusters) {
    throw new ShapeError(
      `${clusters} clusters can have at most ${clusters} initial centroids; got ${given.rows}.`,
    );
  }
  if (columns !== undefined && given.columns !== columns) {
    throw new ShapeError(
      `The initial centroids have ${given.columns} columns but the points have ${columns}.`,
    );
  }
  assertFinite(given);
}

/**
 * Given centroids, and after them k-means++ seeds for the rest. Engines take only rows as seeds, so this opens a
 * session of the points followed by the given centroids as rows without weight. It takes a copy of the points until the
 * seeds are drawn.
 */
async function complete(
  given: Float64Array,
  { engine, centered: points }: Pick<PlacedPoints, 'engine' | 'centered'>,
  random: Random,
  { clusters, trials }: InitialSettings,
  { weights, signal }: SeedingOptions,
): Promise<Float64Array> {
  const { rows, columns } = points;
  const count = given.length / columns;
  const source = points.location === 'host' ? points : await engine.download(points);
  const values = new (source.data instanceof Float64Array ? Float64Array : Float32Array)(
    (rows + count) * columns,
  );
  for (let at = 0; at < rows * columns; at++) values[at] = source.data[at] * source.scale;
  values.set(given, rows * columns);
  const all = new Float32Array(rows + count);
  if (weights) all.set(weights);
  else all.fill(1, 0, rows);
  const session = await engine.createKMeans(matrix(values, rows + count, columns), {
    clusters,
    weights: all,
    signal,
  });
  try {
    const seeds = Uint32Array.from({ length: count }, (_, i) => rows + i);
    const chosen = await seedGreedily(session, trials, random, { weights: all, signal, seeds });
    const centroids = new Float64Array(clusters * columns);
    centroids.set(given);
    centroids.set(await session.readRows(chosen.subarray(count)), given.length);
    return centroids;
  } finally {
    session.destroy();
  }
}
