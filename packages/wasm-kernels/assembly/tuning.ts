import { F64, UP } from './simd';

// What changes from iteration to iteration. It lies in memory, not in globals, because each thread has its own
// instance of this module and all must see the same.

/** Where the doubles are, in the order in which `readTuning` reads them: `TUNING_FIELDS` on the host. */
export let tuning: usize = 0;

/** Whether keys come from int16 products, else from float32 differences; see keys.ts. */
export let isQuantized: bool = false;
/** int16 units per unit of the points, and of the centroids; their product, the keys' unit per half square. */
export let pointScale: f64 = 1;
export let centerScale: f64 = 1;
export let keyScale: f64 = 1;
/** Squared distance per unit of a quantized key. */
export let squarePerKey: f64 = 2;
/** A quantized key is off by at most `errorConstant + errorPerSquare |x|^2`, in its own units. */
export let errorConstant: f64 = 0;
export let errorPerSquare: f64 = 0;
/** A float32 distance is off by at most `relativeError` of itself and `absoluteError`. */
export let relativeError: f64 = 0;
export let absoluteError: f64 = 0;
/** What a squared distance becomes, times the one plus the other, that a smaller one may look like by these errors. */
export let contestFactor: f32 = 1;
export let contestConstant: f32 = 0;
/** uint16 units of a bound per unit of the points. */
export let boundUnit: f64 = 1;
/** Whether the bounds are those of the last assignment. */
export let areBoundsValid: bool = false;
/** Whether this assignment shall leave bounds. */
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
  // With r and a for the errors a square looks as large as (d (1 + r) + 2 a)^2 / (1 - r)^2 at most, and by Cauchy 4 a d is
  // at most d^2 / 1000 + 4000 a^2: no root is needed.
  contestFactor = <f32>((1.001 + 5 * relativeError) * UP);
  contestConstant = <f32>(4100 * absoluteError * absoluteError * UP);
  boundUnit = load<f64>(tuning + 8 * F64);
  areBoundsValid = load<f64>(tuning + 9 * F64) !== 0;
  renewsBounds = load<f64>(tuning + 10 * F64) !== 0;
}
