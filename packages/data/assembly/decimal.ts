/** Address of 10^q as float64 for q = 0 to 22, all of them exact. */
export let exactPowers: usize = 0;
/** Address of 10^q for q = -128 to 128: the first 128 bits, two words each, the upper one first. */
export let widePowers: usize = 0;

const MOST_WIDE_POWER: i32 = 128;

/** The upper half of the product of two words of 64 bits; the lower half is `a * b`. */
// @ts-ignore: decorator
@inline
function upperHalf(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (middle & 0xffffffff);
  return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/**
 * digits / 10^places as the nearest float64, for fewer than 16 digits and up to 22 places: both are exact in float64, and one
 * operation rounds correctly (Clinger, "How to read floating point numbers accurately", 1990).
 */
// @ts-ignore: decorator
@inline
export function shortDecimal(digits: u64, places: u64): f64 {
  return <f64>(<i64>digits) / load<f64>(exactPowers + (<usize>places << 3));
}

/**
 * digits * 10^power as the nearest float64, ties to even; NaN where the host must judge. By a product of 128 bits (Lemire,
 * "Number parsing at a gigabyte per second", 2021), whose lower bits are needed only where those below the ones that are
 * kept are all ones, and might be carried into.
 */
export function longDecimal(digits: u64, power: i32): f64 {
  if (digits === 0) return 0;
  if (power < -MOST_WIDE_POWER || power > MOST_WIDE_POWER) return NaN;
  const zeros = clz(digits);
  const normal = digits << zeros;
  const at = widePowers + (<usize>(power + MOST_WIDE_POWER) << 4);
  let upper = upperHalf(normal, load<u64>(at));
  let lower = normal * load<u64>(at);
  if ((upper & 0x1ff) === 0x1ff) {
    const carried = upperHalf(normal, load<u64>(at, 8));
    lower += carried;
    if (lower < carried) upper++;
    if (lower === u64.MAX_VALUE) return NaN;
  }
  const top = upper >> 63;
  // 53 bits and one to round by.
  const shift = top + 9;
  let mantissa = upper >> shift;
  // Floor of power * log2(10), which holds for all powers of the table; none of them leads to a subnormal number.
  let exponent = <i64>((217706 * power) >> 16) + 63 + <i64>top - <i64>zeros + 1023;
  // The middle of two float64 is exact only where the power is small.
  const isMiddle =
    lower <= 1 && power >= -4 && power <= 23 && (mantissa & 3) === 1 && mantissa << shift === upper;
  if (isMiddle) mantissa &= ~<u64>1;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  if (mantissa === <u64>1 << 53) {
    mantissa >>= 1;
    exponent++;
  }
  return reinterpret<f64>((mantissa & ~(<u64>1 << 52)) | (<u64>exponent << 52));
}
