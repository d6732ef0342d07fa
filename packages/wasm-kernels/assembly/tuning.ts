import { F64, UP } from './simd';

// The values that change from iteration to iteration. They are in memory, not in globals, because each thread has its own
// instance of this module and all must see the same values.

/** Address of the doubles, in the order in which `readTuning` reads them: `TUNING_FIELDS` on the host. */
export let tuning: usize = 0;

/** Whether keys are made from int16 products; otherwise from float32 differences. See keys.ts. */
export let isQuantized: bool = false;
/**
 * int16 units per unit of the points, and per unit of the centroids. Their product, `keyScale`, is in units of a key per
 * half of a square.
 */
export let pointScale: f64 = 1;
export let centerScale: f64 = 1;
export let keyScale: f64 = 1;
/** Squared distance per unit of a quantized key. */
export let squarePerKey: f64 = 2;
/** The error of a quantized key is at most `errorConstant + errorPerSquare |x|^2`, in its own units. */
export let errorConstant: f64 = 0;
export let errorPerSquare: f64 = 0;
/** The error of a float32 distance is at most `relativeError` of itself plus `absoluteError`. */
export let relativeError: f64 = 0;
export let absoluteError: f64 = 0;
/**
 * The greatest value that these errors may make of a squared distance: the square times the first number, plus the second.
 */
export let contestFactor: f32 = 1;
export let contestConstant: f32 = 0;
/** uint16 units of a bound per unit of the points. */
export let boundUnit: f64 = 1;
/** Whether the bounds hold for the last assignment. */
export let areBoundsValid: bool = false;
/** Whether this assignment must write bounds. */
export let renewsBounds: bool = false;

export function readTuning(): void {
  isQuantized = load<f64>(tuning) !== 0;
  pointScale = load<f64>(tuning + F64);
  centerScale = load<f64>(tuning + 2 * F64);
  keyScale = load<f64>(tuning + 3 * F64);
  squarePerKey = 2 / keyScale;
  errorConstant = load<f64>(tuning + 4 * F64);
  errorPerSquare = load<f64>(tuning + 5 * F64);
  relativeError = load<f64>(tuning + 6 * F64);
  absoluteError = load<f64>(tuning + 7 * F64);
  // With r and a for the errors, the computed square is at most (d (1 + r) + 2 a)^2 / (1 - r)^2. By Cauchy, 4 a d is at most
  // d^2 / 1000 + 4000 a^2, so no square root is needed.
  contestFactor = <f32>((1.001 + 5 * relativeError) * UP);
  contestConstant = <f32>(4100 * absoluteError * absoluteError * UP);
  boundUnit = load<f64>(tuning + 8 * F64);
  areBoundsValid = load<f64>(tuning + 9 * F64) !== 0;
  renewsBounds = load<f64>(tuning + 10 * F64) !== 0;
}
