import { InvalidArgumentError } from '@shoal/core';

/** The similarity 1 / (1 + a r^(2b)) of two points of a layout at distance r. */
export interface SimilarityCurve {
  readonly a: number;
  readonly b: number;
}

/** Number of distances at which the curve is fitted, up to three times the spread. */
const SAMPLES = 300;
const ITERATIONS = 200;

/**
 * The least-squares fit of the curve to a similarity that is 1 up to `minDist` and then falls as exp(-(r - minDist) /
 * spread). It is found by the Levenberg-Marquardt method, as in umap-learn.
 *
 * @param minDist least distance of points in a layout, 0 <= minDist <= spread
 * @param spread how far a layout spreads, above 0
 * @throws {InvalidArgumentError} when they are out of range
 */
export function similarityCurve(minDist: number, spread: number): SimilarityCurve {
  if (!(spread > 0 && spread < Infinity)) {
    throw new InvalidArgumentError(`spread must be a finite number above 0; got ${spread}.`);
  }
  if (!(minDist >= 0 && minDist <= spread)) {
    throw new InvalidArgumentError(`minDist must be from 0 to the spread, ${spread}; got ${minDist}.`);
  }
  const distances = Float64Array.from({ length: SAMPLES }, (_, i) => (3 * spread * i) / (SAMPLES - 1));
  const wanted = distances.map((r) => (r < minDist ? 1 : Math.exp(-(r - minDist) / spread)));
  let curve: SimilarityCurve = { a: 1, b: 1 };
  let error = squaredError(curve, distances, wanted);
  let damping = 1e-3;
  for (let iteration = 0; iteration < ITERATIONS && damping < 1e12; iteration++) {
    const next = improve(curve, distances, wanted, damping);
    const nextError = squaredError(next, distances, wanted);
    // A step outside the curve's domain gives NaN, which does not count as an improvement.
    if (nextError < error) {
      curve = next;
      error = nextError;
      damping /= 10;
    } else {
      damping *= 10;
    }
  }
  return curve;
}

/** One damped Gauss-Newton step. */
function improve(
  { a, b }: SimilarityCurve,
  distances: Float64Array,
  wanted: Float64Array,
  damping: number,
): SimilarityCurve {
  let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
  distances.forEach((r, i) => {
    if (r === 0) return;
    const power = r ** (2 * b);
    const value = 1 / (1 + a * power);
    const da = -power * value * value;
    const db = -2 * a * Math.log(r) * power * value * value;
    const residual = wanted[i] - value;
    aa += da * da;
    ab += da * db;
    bb += db * db;
    ga += da * residual;
    gb += db * residual;
  });
  aa *= 1 + damping;
  bb *= 1 + damping;
  const determinant = aa * bb - ab * ab;
  return { a: a + (bb * ga - ab * gb) / determinant, b: b + (aa * gb - ab * ga) / determinant };
}

function squaredError({ a, b }: SimilarityCurve, distances: Float64Array, wanted: Float64Array): number {
  if (!(a > 0 && b > 0)) return NaN;
  return distances.reduce((sum, r, i) => sum + (wanted[i] - 1 / (1 + a * r ** (2 * b))) ** 2, 0);
}
