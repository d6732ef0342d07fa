import type { Engine } from '../engine/engine.ts';
import type { KMeansPrecision, KMeansSession } from '../engine/kmeans/session.ts';
import { matrix, type Points } from '../matrix.ts';
import { findOrigin } from '../origin/find-origin.ts';
import { plusOrigin } from '../origin/frame.ts';
import { centerPoints, measureRounding } from '../origin/move-points.ts';
import { roundingWarning } from '../origin/rounding-warning.ts';
import { roundsTogether } from '../origin/rounds-together.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import type { RowScaling, RowScalingKind } from '../scaling/types.ts';
import { requireNoOverflow } from '../validation.ts';
import type { CentroidFields } from './centroid-model.ts';
import { rowScalings } from './row-scalings.ts';
import type { KMeansMetric } from './types.ts';

/** Settings that decide where k-means has its points. */
export interface PlaceSettings {
  readonly metric: KMeansMetric;
  readonly scaling: RowScalingKind | undefined;
}

/** Checked weights of the points, and what stops the work. */
export interface PlaceOptions {
  readonly weights: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The points of a fit where k-means has them: scaled, of unit length for cosine, and near 0. */
export interface PlacedPoints {
  readonly engine: Engine;
  readonly metric: KMeansMetric;
  /** The scaled points. */
  readonly points: Points;
  /** The same less the origin. */
  readonly centered: Points;
  readonly origin: Float64Array | undefined;
  /** The middle of the centered points; see `SessionOptions.center`. */
  readonly center: Float64Array | undefined;
  readonly weights: Float32Array | undefined;
  /** The fitted scaling of rows. */
  readonly scaling: RowScaling | undefined;
}

/**
 * Brings points to their place, hands them on, and frees what that took.
 *
 * @throws {DataError} when points are NaN or infinite
 */
export async function withPlacedPoints<T>(
  points: Points,
  engine: Engine,
  { metric, scaling: kind }: PlaceSettings,
  { weights, signal }: PlaceOptions,
  use: (placed: PlacedPoints) => Promise<T>,
): Promise<T> {
  const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
  const scaled = await applyScalings(points, rowScalings(scaling, metric), engine, { signal });
  try {
    // Rows of unit length are near 0, and their directions are relative to 0.
    const {
      points: centered,
      origin,
      center,
    } = metric === 'cosine'
      ? { points: scaled.points, origin: undefined, center: middleOf(scaled.points, weights) }
      : await centerPoints(scaled.points, engine, { weights, signal });
    return await use({ engine, metric, points: scaled.points, centered, origin, center, weights, scaling });
  } finally {
    scaled.release();
  }
}

/** Opens a session of all the points. */
export function openPlaced(
  { engine, metric, centered, center, weights }: PlacedPoints,
  clusters: number,
  {
    precision,
    signal,
  }: { readonly precision?: KMeansPrecision | undefined; readonly signal?: AbortSignal | undefined },
): Promise<KMeansSession> {
  return engine.createKMeans(centered, {
    clusters,
    unitCentroids: metric === 'cosine',
    precision,
    weights,
    center,
    signal,
  });
}

/**
 * The same with a session of all the points, which is destroyed in the end.
 *
 * @throws like `withPlacedPoints`, and when the session cannot be opened
 */
export function withPlacedSession<T>(
  points: Points,
  engine: Engine,
  settings: PlaceSettings & { readonly clusters: number; readonly precision?: KMeansPrecision | undefined },
  options: PlaceOptions,
  use: (placed: PlacedPoints, session: KMeansSession) => Promise<T>,
): Promise<T> {
  const { clusters, precision } = settings;
  return withPlacedPoints(points, engine, settings, options, async (place) => {
    const session = await openPlaced(place, clusters, { precision, signal: options.signal });
    try {
      return await use(place, session);
    } finally {
      session.destroy();
    }
  });
}

/** scikit-learn's meaning of `tol`: relative to the mean variance of the columns. */
export async function absoluteTolerance(session: KMeansSession, tolerance: number): Promise<number> {
  if (tolerance === 0) return 0;
  const { variance } = await session.columnMoments();
  const total = variance.reduce((sum, value) => sum + value, 0);
  return (tolerance * requireNoOverflow('The variance of the points', total)) / variance.length;
}

/** The medians of a sample, also of columns that are far from 0. */
function middleOf(points: Points, weights: Float32Array | undefined): Float64Array | undefined {
  if (points.location === 'device') return undefined;
  const place = findOrigin(points, weights);
  return place?.center.map((value, j) => value + (place.origin?.[j] ?? 0));
}

/** What centroids say of points, as the engine held them. */
export interface HeldCentroids {
  /** Less the origin, K x D. */
  readonly relative: Float32Array | Float64Array;
  /** What the engine of the fit subtracted. */
  readonly center: Float64Array | undefined;
  readonly inertia: number;
}

type PlacedFields = Pick<CentroidFields, 'metric' | 'scaling' | 'centroids' | 'frame' | 'warnings'>;

/** The fields of a model that follow from where its points were, and the warning that rounding may have decided labels. */
export async function placedFields(
  place: PlacedPoints,
  held: HeldCentroids,
  signal: AbortSignal | undefined,
): Promise<PlacedFields> {
  const { engine, points, origin, weights } = place;
  const rounding = await measureRounding(points, origin, engine, { weights, signal });
  const fields = fieldsOfPlace({ ...place, ...points }, held, rounding);
  const isHarmless = fields.warnings.length > 0 && !(await roundsTogether(points, origin, signal));
  return isHarmless ? { ...fields, warnings: [] } : fields;
}

/**
 * The same with the rounding known.
 *
 * @param rounding root mean square of the rounding errors of each column
 */
export function fieldsOfPlace(
  {
    metric,
    origin,
    weights,
    scaling,
    rows,
    columns,
  }: Pick<PlacedPoints, 'metric' | 'origin' | 'weights' | 'scaling'> & Pick<Points, 'rows' | 'columns'>,
  { relative, center, inertia }: HeldCentroids,
  rounding: Float64Array | undefined,
): PlacedFields {
  return {
    metric,
    scaling,
    centroids: matrix(plusOrigin(relative, origin), relative.length / columns, columns),
    frame: { origin, center, relative: origin && relative },
    warnings: warningOfRounding(inertia, rounding, weights, rows),
  };
}

/** @param rounding root mean square of the rounding errors of each column */
function warningOfRounding(
  inertia: number,
  rounding: Float64Array | undefined,
  weights: Float32Array | undefined,
  rows: number,
): readonly string[] {
  if (!rounding) return [];
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
  return roundingWarning(Math.hypot(...rounding), Math.sqrt(inertia / total), 'points');
}
