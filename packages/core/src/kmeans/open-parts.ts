import type { Engine } from '../engine/engine.ts';
import type { WholePoints } from '../engine/kmeans/part-session.ts';
import { movePoints, roundingOfParts } from '../origin/move-points.ts';
import { mapParts, type PartedPoints } from '../parts/parted-points.ts';
import { PartedKMeansSession } from '../parts/parted-kmeans-session.ts';
import { surveyParts, type PartsSurvey } from '../parts/survey-parts.ts';
import { scaleHostRows } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import type { KMeansPrecision } from '../engine/kmeans/session.ts';
import type { OpenPoints } from './open-points.ts';
import { fieldsOfPlace, type PlaceOptions, type PlaceSettings } from './placed-points.ts';
import { rowScalings } from './row-scalings.ts';

interface PartsSettings {
  readonly clusters: number;
  readonly precision: KMeansPrecision;
}

/**
 * Places points in parts as `withPlacedPoints` does those in one piece, with the same numbers, and opens a session of them,
 * which the caller destroys.
 */
export async function openParts(
  points: PartedPoints,
  engine: Engine,
  { clusters, metric, precision, scaling: kind }: PlaceSettings & PartsSettings,
  { weights, signal }: PlaceOptions,
): Promise<OpenPoints> {
  const unitCentroids = metric === 'cosine';
  const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
  const scaled = rowScalings(scaling, metric).reduce(
    (parts, one) => mapParts(parts, (part, signal) => scaleHostRows(part, one, signal)),
    points,
  );
  const survey = await surveyParts(scaled, weights, signal);
  const origin = unitCentroids ? undefined : survey.place?.origin;
  const centered = origin
    ? mapParts(scaled, (part, signal) => movePoints(part, origin, engine, signal))
    : scaled;
  const session = await PartedKMeansSession.open(engine, centered, {
    clusters,
    unitCentroids,
    precision,
    center: centerOf(survey, unitCentroids),
    whole: wholeOf(survey, origin, engine, points.rows, weights),
    weights,
    signal,
  });
  const place = { engine, metric, scaling, origin, weights, rows: points.rows, columns: points.columns };
  return {
    session,
    place,
    fields: async (relative, inertia) =>
      fieldsOfPlace(
        place,
        { relative, center: session.center, inertia },
        await roundingOfParts(scaled, survey.sample, origin, engine, { weights, signal }),
      ),
  };
}

/** What an engine subtracts: medians, or the means of bytes, as for points in one piece. */
function centerOf({ place, mean }: PartsSurvey, unitCentroids: boolean): Float64Array {
  if (place === undefined) return mean;
  return unitCentroids ? place.center.map((value, j) => value + (place.origin?.[j] ?? 0)) : place.center;
}

/** The ranges as the engine has the points: rounding keeps their order. */
function wholeOf(
  { least, greatest }: PartsSurvey,
  origin: Float64Array | undefined,
  { info }: Engine,
  rows: number,
  weights: Float32Array | undefined,
): WholePoints {
  const held = (value: number, j: number) => {
    const moved = value - (origin?.[j] ?? 0);
    return info.precision === 'float64' ? moved : Math.fround(moved);
  };
  return {
    rows,
    least: least.map(held),
    greatest: greatest.map(held),
    greatestWeight: weights?.reduce((most, weight) => Math.max(most, weight), 0) ?? 1,
  };
}
