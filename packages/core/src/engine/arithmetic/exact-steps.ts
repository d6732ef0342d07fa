/** Bits between the step of a sum and its bound: float64 has 53, and some room is left for rounding. */
const BITS = 50;
/** Magic numbers stay normal doubles between these powers of two. */
const LEAST_EXPONENT = -960;
const GREATEST_EXPONENT = 960;

/**
 * The finest power of two such that float64 adds multiples of it without rounding, in any order, as long as they sum to no
 * more than a bound. Values that are rounded to multiples have the same sum however points are divided.
 *
 * @param bound of the sum, >= 0
 */
export function exactStep(bound: number): number {
  if (bound === 0) return 2 ** LEAST_EXPONENT;
  const exponent = Math.ceil(Math.log2(bound)) - BITS;
  return 2 ** Math.min(GREATEST_EXPONENT, Math.max(LEAST_EXPONENT, exponent));
}

/** The number that rounds values to multiples of a step: `value + magic - magic`. */
export function magicOf(step: number): number {
  return 1.5 * 2 ** 52 * step;
}
