import type { Engine } from '../engine/engine.ts';
import type { WholePoints } from '../engine/kmeans/part-session.ts';
import { movePoints, roundingOfParts } from '../origin/move-points.ts';
import { scaleHostRows } from '../scaling/apply-scaling.ts';
import type { RowScaling } from '../scaling/types.ts';
import { mapParts, type PartedPoints } from './parted-points.ts';
import type { PartsSurvey } from './survey.ts';
import { requireRemote, surveyRemotely, type RemotePlace } from './remote-place.ts';
import { surveyParts } from './survey-parts.ts';

interface PlacePartsOptions {
  /** Applied to rows, one after the other. */
  readonly scalings: readonly RowScaling[];
  /** Whether the points are moved next to 0 when they lie far from it. */
  readonly moves: boolean;
  readonly weights: Float32Array | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Points in parts where a fit has them: scaled, and near 0. The numbers are those of points in one piece. */
export interface PlacedParts {
  readonly points: PartedPoints;
  readonly origin: Float64Array | undefined;
  /** The middle of the points; see `SessionOptions.center`. Of bytes it is their mean. */
  readonly center: Float64Array;
  /** Whether a fit of points in one piece would choose the same center: the middle of bytes is left to engines there. */
  readonly choosesCenter: boolean;
  readonly whole: WholePoints;
  /** How the parts are placed elsewhere; undefined where nobody else reads them. */
  readonly remote: RemotePlace | undefined;
  /** See `measureRounding`. */
  readonly rounding: () => Promise<Float64Array | undefined>;
}

/**
 * Brings points in parts to their place, as `centerPoints` does with those in one piece.
 *
 * @throws like `surveyParts`
 */
export async function placeParts(
  points: PartedPoints,
  engine: Engine,
  { scalings, moves, weights, signal }: PlacePartsOptions,
): Promise<PlacedParts> {
  const scaled = scalings.reduce(
    (parts, one) => mapParts(parts, (part, signal) => scaleHostRows(part, one, signal)),
    points,
  );
  const { host } = points;
  const scalesToUnit = host !== undefined && requireRemote(scalings, weights);
  const survey = host
    ? await surveyRemotely(points, host, scalesToUnit, signal)
    : await surveyParts(scaled, weights, signal);
  const origin = moves ? survey.place?.origin : undefined;
  return {
    points: origin ? mapParts(scaled, (part, signal) => movePoints(part, origin, engine, signal)) : scaled,
    origin,
    center: centerOf(survey, moves),
    choosesCenter: survey.place !== undefined,
    remote: host && { host, scalesToUnit, origin, sample: survey.sample },
    whole: wholeOf(survey, origin, engine, points.rows, weights),
    rounding: () => roundingOfParts(scaled, survey.sample, origin, engine, { weights, signal }),
  };
}

/** What an engine subtracts: medians, or the means of bytes, as for points in one piece. */
function centerOf({ place, mean }: PartsSurvey, moves: boolean): Float64Array {
  if (place === undefined) return mean;
  return moves ? place.center : place.center.map((value, j) => value + (place.origin?.[j] ?? 0));
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
