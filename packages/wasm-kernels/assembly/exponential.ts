import { multiplyAddDoubles } from './simd';

const LOG2_E: f64 = 1.4426950408889634;
/** ln 2 in two parts, the first short enough that a whole number times it is exact (Cody & Waite 1980). */
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
/** 1.5 x 2^52: adding it leaves the nearest whole number in the low bits. */
const ROUNDING: f64 = 6755399441055744;
/** exp of less is 0: 2^-1022 is the least normal double. */
const LEAST: f64 = -708;

/**
 * e^x for x <= 0, two lanes: x = n ln 2 + r with |r| <= ln 2 / 2, and e^r by its series up to r^12 / 12!, which is
 * off by less than 2^-53. Below -708, and for NaN, it is 0.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDING));
  const n = f64x2.sub(shifted, f64x2.splat(ROUNDING));
  let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(LN2_HIGH)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(LN2_LOW)));
  let sum = f64x2.splat(1 / 479001600.0);
  sum = multiplyAddDoubles(f64x2.splat(1 / 39916800.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 3628800.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 362880.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 40320.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 5040.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 720.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 120.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 24.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1 / 6.0), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(0.5), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1), sum, r);
  sum = multiplyAddDoubles(f64x2.splat(1), sum, r);
  // n goes straight into the exponent; e^r lies between 0.7 and 1.42, so that cannot overflow.
  const scaled = i64x2.add(sum, i64x2.shl(shifted, 52));
  return v128.and(scaled, f64x2.ge(x, f64x2.splat(LEAST)));
}
