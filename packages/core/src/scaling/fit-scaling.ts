import type { Engine } from '../engine/engine.ts';
import { chunkRows, forEachChunk } from '../chunks.ts';
import type { FitOptions } from '../fit-options.ts';
import { symmetricEigen } from '../linear-algebra/eigen.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import { assertFinite, type Points } from '../matrix.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import { requireFittable } from '../validation.ts';
import { measureColumns, measureCovariance } from './moments.ts';
import { scalingKind } from './scaling-kind.ts';
import type { OldRowScalingKind, RowScaling, RowScalingKind } from './types.ts';

/**
 * A column on a device counts as constant when its standard deviation is this small beside its mean: float32 cannot
 * tell.
 */
const CONSTANT_TO_FLOAT32 = 1e-7;

/** Smallest variance that whitening stretches to 1, as a share of the largest along any direction. */
const WHITENING_FLOOR = 1e-6;

/**
 * Learns a row scaling from points; see `RowScaling` for what each kind does.
 *
 * Statistics are weighted and of the population (divided by the sum of the weights). Constant columns keep their unit.
 * Whitening (ZCA: Bell & Sejnowski, "The 'independent components' of natural scenes are edge filters", Vision Research
 * 37, 1997) treats directions with less than a millionth of the largest variance as if they had a millionth, so that
 * rounding noise is not scaled up.
 *
 * The statistics of host matrices are computed in float64 without the engine, those of points on a device by their
 * engine.
 *
 * @throws {InvalidArgumentError} when the kind is unknown or weights are negative, not finite or all zero
 * @throws {DataError} when points are NaN or infinite
 * @throws {ShapeError} when there is not one weight per point
 * @throws {UnsupportedError} when whitening has more than 23,170 columns, whose covariance exceeds 4 GiB
 * @throws the signal's reason when it is aborted
 */
export async function fitScaling(
  points: Points | PartedPoints,
  given: RowScalingKind | OldRowScalingKind,
  engine: Engine,
  { weights, signal }: Pick<FitOptions, 'weights' | 'signal'> = {},
): Promise<RowScaling> {
  const kind = scalingKind(given);
  const options = { weights: requireFittable(points, weights, 1, 'clusters'), signal };
  if (kind === 'whiten') {
    requireHeld(
      `The covariance of ${points.columns} columns, which whitening needs,`,
      points.columns ** 2,
      "Use scaling: 'standardize', or take principal components first.",
    );
  }
  if (points.location === 'host') assertFinite(points);
  if (kind === 'unit') return { kind };
  const { mean, variance } = await measureColumns(points, engine, options);
  if (kind === 'standardize') {
    const isConstant = points.location === 'device' ? isConstantInFloat32 : isConstantInFloat64;
    const factors = variance.map((value, j) =>
      isConstant(value, mean[j], points.rows) ? 1 : 1 / Math.sqrt(value),
    );
    return { kind, mean, factors };
  }
  const covariance = await measureCovariance(points, mean, engine, options);
  return { kind, mean, factors: await whiteningFactors(covariance, points.columns, options.signal) };
}

function isConstantInFloat32(variance: number, mean: number): boolean {
  return Math.sqrt(variance) <= CONSTANT_TO_FLOAT32 * Math.abs(mean);
}

/**
 * Whether a variance is so small that equal values could have it by float64 rounding (Chan, Golub & LeVeque, The
 * American Statistician 37(3), 1983; scikit-learn's StandardScaler has the same test).
 */
function isConstantInFloat64(variance: number, mean: number, rows: number): boolean {
  const rounding = rows * Number.EPSILON;
  return variance <= rounding * variance + (rounding * mean) ** 2;
}

/** Covariance^(-1/2), D x D: V diag(1 / sqrt(lambda)) V^T, the identity when all variances are 0. */
async function whiteningFactors(
  covariance: Float64Array,
  d: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { values, vectors } = await symmetricEigen(covariance, d, signal);
  const floor = WHITENING_FLOOR * values[0];
  const stretch = values.map((value) => (floor > 0 ? 1 / Math.sqrt(Math.max(value, floor)) : 1));
  const factors = new Float64Array(d * d);
  await forEachChunk(d, chunkRows(d * d), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += vectors[i * d + k] * stretch[k] * vectors[j * d + k];
        factors[i * d + j] = factors[j * d + i] = sum;
      }
    }
  });
  return factors;
}
