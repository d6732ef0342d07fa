import { balanceWeights } from '../balance-weights.ts';
import { engineOrDefault } from '../default-engine.ts';
import { covarianceLength } from '../engine/arithmetic/m-step.ts';
import type { Engine } from '../engine/engine.ts';
import type { CovarianceType, GaussianMixtureSession } from '../engine/mixture/session.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import type { Points } from '../matrix.ts';
import { plusOrigin } from '../origin/frame.ts';
import { centerPoints, measureRounding } from '../origin/move-points.ts';
import { roundingWarning } from '../origin/rounding-warning.ts';
import { roundsTogether } from '../origin/rounds-together.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { openMixture } from '../parts/parted-mixture-session.ts';
import { placeParts } from '../parts/place-parts.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import type { RowScaling, RowScalingKind } from '../scaling/types.ts';
import type { MixtureFields } from './mixture-model.ts';

/** Settings that decide where a mixture has its points, and of its sessions. */
interface PlaceSettings {
  readonly clusters: number;
  readonly covarianceType: CovarianceType;
  readonly regCovar: number;
  readonly scaling: RowScalingKind | undefined;
  readonly engine?: Engine | undefined;
}

/** Checked weights of the points, and what stops the work. */
interface PlaceOptions {
  readonly weights: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The points of a fit where a mixture has them: scaled, and near 0. */
export interface PlacedMixture {
  readonly engine: Engine;
  readonly session: GaussianMixtureSession;
  readonly columns: number;
  /** The scaled points less the origin, which the session holds. */
  readonly centered: Points | PartedPoints;
  readonly origin: Float64Array | undefined;
  readonly center: Float64Array | undefined;
  readonly weights: Float32Array | undefined;
  readonly scaling: RowScaling | undefined;
  /** See `measureRounding`. */
  readonly rounding: () => Promise<Float64Array | undefined>;
  /** See `roundsTogether`; points in parts are not looked at, which counts as yes. */
  readonly roundsTogether: () => Promise<boolean>;
}

/**
 * @throws {UnsupportedError} when the covariances would have more than 2^29 numbers
 */
export function requireHeldCovariances(type: CovarianceType, components: number, columns: number): void {
  requireHeld(
    `Covariances (${type}) of ${components} components in ${columns} columns`,
    covarianceLength(type, components, columns),
    "Use covarianceType 'diag' or 'spherical', or take principal components first.",
  );
}

/** Brings points to their place, opens a session of them, hands it on, and frees what that took. */
export async function withPlacedMixture<T>(
  points: Points | PartedPoints,
  settings: PlaceSettings,
  { weights, signal }: PlaceOptions,
  use: (placed: PlacedMixture) => Promise<T>,
): Promise<T> {
  const { clusters: components, covarianceType, regCovar, scaling: kind } = settings;
  const engine = await engineOrDefault(settings.engine);
  const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
  return withPlacedRows(points, engine, scaling, { weights, signal }, async (found) => {
    const { points: centered, ...place } = found;
    const session = await openMixture(engine, centered, {
      components,
      covarianceType,
      regCovar,
      weights: balanceWeights(weights),
      center: found.center,
      signal,
    });
    try {
      const center = session.center ?? found.center;
      const { columns } = points;
      return await use({ ...place, engine, session, columns, centered, center, weights, scaling });
    } finally {
      session.destroy();
    }
  });
}

/** Points where a mixture has them. */
interface PlacedRows extends Pick<PlacedMixture, 'origin' | 'center' | 'rounding' | 'roundsTogether'> {
  readonly points: Points | PartedPoints;
}

/** Scales points and moves them next to 0, hands them on, and frees what that took. */
async function withPlacedRows<T>(
  points: Points | PartedPoints,
  engine: Engine,
  scaling: RowScaling | undefined,
  { weights, signal }: PlaceOptions,
  use: (placed: PlacedRows) => Promise<T>,
): Promise<T> {
  if (areParted(points)) {
    const scalings = scaling ? [scaling] : [];
    const placed = await placeParts(points, engine, { scalings, moves: true, weights, signal });
    return use({ ...placed, roundsTogether: () => Promise.resolve(true) });
  }
  const scaled = await applyScalings(points, [scaling], engine, { signal });
  try {
    const centered = await centerPoints(scaled.points, engine, { weights, signal });
    const { origin } = centered;
    return await use({
      ...centered,
      rounding: () => measureRounding(scaled.points, origin, engine, { weights, signal }),
      roundsTogether: () => roundsTogether(scaled.points, origin, signal),
    });
  } finally {
    scaled.release();
  }
}

/**
 * The fields of a model that follow from where its points were, and the warning that rounding may have decided labels.
 *
 * @param best its means are less the origin
 */
export async function placedMixtureFields(
  { columns, origin, center, scaling, ...place }: PlacedMixture,
  best: { readonly means: Float64Array; readonly covariances: Float64Array },
  type: CovarianceType,
): Promise<Pick<MixtureFields, 'columns' | 'scaling' | 'means' | 'frame' | 'warnings'>> {
  const rounding = await place.rounding();
  const warnings = rounding ? warningOfRounding(best.covariances, type, rounding) : [];
  return {
    columns,
    scaling,
    means: plusOrigin(best.means, origin),
    frame: { origin, center, relative: origin && best.means },
    warnings: warnings.length > 0 && (await place.roundsTogether()) ? warnings : [],
  };
}

/** @param rounding root mean square of the rounding errors of each column, D values */
function warningOfRounding(
  covariances: Float64Array,
  type: CovarianceType,
  rounding: Float64Array,
): readonly string[] {
  const columns = rounding.length;
  const deviations = Float64Array.from(rounding, (_, j) => {
    const step = type === 'full' || type === 'tied' ? columns * columns : type === 'diag' ? columns : 1;
    const first = type === 'full' || type === 'tied' ? j * columns + j : type === 'diag' ? j : 0;
    let least = Infinity;
    for (let at = first; at < covariances.length; at += step) least = Math.min(least, covariances[at]);
    return Math.sqrt(least);
  });
  let worst = 0;
  rounding.forEach((value, j) => {
    if (value * deviations[worst] > rounding[worst] * deviations[j]) worst = j;
  });
  return roundingWarning(rounding[worst], deviations[worst], `column ${worst} (from 0)`);
}
