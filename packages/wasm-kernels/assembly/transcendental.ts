import { F64, multiplyAddDoubles } from './simd';

// Coefficients are in memory: loading one into both lanes takes one instruction, splatting a constant takes four.

/** 1 / 12!, 1 / 11! ... 1 / 0! */
const EXP_TERMS = memory.data<f64>([
  1 / 479001600.0,
  1 / 39916800.0,
  1 / 3628800.0,
  1 / 362880.0,
  1 / 40320.0,
  1 / 5040.0,
  1 / 720.0,
  1 / 120.0,
  1 / 24.0,
  1 / 6.0,
  0.5,
  1,
  1,
]);
/** 1 / 21, 1 / 19 ... 1 / 1 */
const ARTANH_TERMS = memory.data<f64>([
  1 / 21.0,
  1 / 19.0,
  1 / 17.0,
  1 / 15.0,
  1 / 13.0,
  1 / 11.0,
  1 / 9.0,
  1 / 7.0,
  1 / 5.0,
  1 / 3.0,
  1,
]);
/**
 * log2(e); 1.5 x 2^52, to which adding leaves the nearest whole number in the low bits; ln 2 in two parts, the first short
 * enough that a whole number times it is exact (Cody & Waite 1980); and the x below which e^x counts as 0. A sum that
 * contains a 1 is not changed by 10^-30, while products of still smaller floats would be subnormal in float32, where
 * processors take a hundred times as long.
 */
const CONSTANTS = memory.data<f64>([
  1.4426950408889634,
  6755399441055744,
  6.93147180369123816490e-1,
  1.90821492927058770002e-10,
  -69,
]);

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load64_splat(CONSTANTS + index * F64);
}

// @ts-ignore: decorator
@inline
function log2E(): v128 {
  return constant(0);
}

// @ts-ignore: decorator
@inline
function rounding(): v128 {
  return constant(1);
}

// @ts-ignore: decorator
@inline
function ln2High(): v128 {
  return constant(2);
}

// @ts-ignore: decorator
@inline
function ln2Low(): v128 {
  return constant(3);
}

// @ts-ignore: decorator
@inline
function leastExponent(): v128 {
  return constant(4);
}

/** The next step of Horner's scheme: x times the value so far, plus the coefficient at `index`. */
// @ts-ignore: decorator
@inline
function horner(sum: v128, x: v128, terms: usize, index: usize): v128 {
  return multiplyAddDoubles(v128.load64_splat(terms + index * F64), sum, x);
}

/**
 * e^x for x <= 0, two lanes: x = n ln 2 + r with |r| <= ln 2 / 2, and e^r by its series up to r^12 / 12!, which is off by
 * less than 2^-53. Below -69 and for NaN the result is 0.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, log2E()), rounding());
  const n = f64x2.sub(shifted, rounding());
  let r = f64x2.sub(x, f64x2.mul(n, ln2High()));
  r = f64x2.sub(r, f64x2.mul(n, ln2Low()));
  let sum = v128.load64_splat(EXP_TERMS);
  sum = horner(sum, r, EXP_TERMS, 1);
  sum = horner(sum, r, EXP_TERMS, 2);
  sum = horner(sum, r, EXP_TERMS, 3);
  sum = horner(sum, r, EXP_TERMS, 4);
  sum = horner(sum, r, EXP_TERMS, 5);
  sum = horner(sum, r, EXP_TERMS, 6);
  sum = horner(sum, r, EXP_TERMS, 7);
  sum = horner(sum, r, EXP_TERMS, 8);
  sum = horner(sum, r, EXP_TERMS, 9);
  sum = horner(sum, r, EXP_TERMS, 10);
  sum = horner(sum, r, EXP_TERMS, 11);
  sum = horner(sum, r, EXP_TERMS, 12);
  // n goes straight into the exponent; e^r lies between 0.7 and 1.42, so that cannot overflow.
  const scaled = i64x2.add(sum, i64x2.shl(shifted, 52));
  return v128.and(scaled, f64x2.ge(x, leastExponent()));
}

const SQRT_HALF: f64 = 0.7071067811865476;
/** The bits of 1.5 x 2^52: adding a whole number to these bits adds it to the double. */
const ROUNDING_BITS: i64 = 0x4338000000000000;

/**
 * ln x for x >= 1, two lanes: x = 2^n m with m about 1, and ln m = 2 artanh((m - 1) / (m + 1)) by its series up to the
 * 21st power, which is off by less than 2^-53.
 */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  const half = i64x2.splat(reinterpret<i64>(SQRT_HALF));
  // The bits of x minus the bits of sqrt(1/2) have n in the exponent.
  const above = i64x2.sub(x, half);
  const n = i64x2.shr_s(above, 52);
  const m = i64x2.sub(x, i64x2.shl(n, 52));
  const exponent = f64x2.sub(i64x2.add(n, i64x2.splat(ROUNDING_BITS)), rounding());
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let sum = v128.load64_splat(ARTANH_TERMS);
  sum = horner(sum, z, ARTANH_TERMS, 1);
  sum = horner(sum, z, ARTANH_TERMS, 2);
  sum = horner(sum, z, ARTANH_TERMS, 3);
  sum = horner(sum, z, ARTANH_TERMS, 4);
  sum = horner(sum, z, ARTANH_TERMS, 5);
  sum = horner(sum, z, ARTANH_TERMS, 6);
  sum = horner(sum, z, ARTANH_TERMS, 7);
  sum = horner(sum, z, ARTANH_TERMS, 8);
  sum = horner(sum, z, ARTANH_TERMS, 9);
  sum = horner(sum, z, ARTANH_TERMS, 10);
  const ofM = f64x2.mul(f64x2.add(s, s), sum);
  const low = multiplyAddDoubles(ofM, exponent, ln2Low());
  return multiplyAddDoubles(low, exponent, ln2High());
}
