import { MINUS, NINE, PLUS, ZERO } from './ascii.ts';

/** Powers of ten that float64 holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Whole numbers up to this one are exact in float64. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/** Their inverses, rounded. */
const INVERSES = POWERS.map((power) => 1 / power);

/** `scanShort` looks at no more than this many bytes. */
export const SHORT_BYTES = 48;

/** Digits that fit into 32 bits with a sign. */
const HALF_DIGITS = 9;
/** Zeros behind the decimal mark that are passed at most. */
const MAX_ZEROS = 8;
/** The letter of an exponent, less the digit 0. */
const EXPONENT = 0x65 - ZERO;

/**
 * Reads the same as `scanNumber`, but only numbers of up to 19 digits, with up to 9 of them before the decimal mark, which
 * are nearly all. It must not be used within the last `SHORT_BYTES` of the bytes.
 *
 * Digits are added up in two halves of 32 bits. Where they exceed the 53 bits of float64, they are divided in twice its
 * precision.
 *
 * @returns the index after the number; -1 when `scanNumber` must judge
 */
export function scanShort(bytes: Uint8Array, start: number, decimal: number, out: Float64Array): number {
  let at = start;
  const negative = bytes[at] === MINUS;
  if (negative) at++;
  const first = at;
  let stop = at + HALF_DIGITS;
  let digit = bytes[at] - ZERO;
  let high = 0;
  while (digit >>> 0 <= 9 && at < stop) {
    high = (high * 10 + digit) | 0;
    digit = bytes[++at] - ZERO;
  }
  const whole = at - first;
  if (whole === 0 || digit >>> 0 <= 9 || (whole > 1 && bytes[first] === ZERO)) return -1;
  let low = 0;
  let lowDigits = 0;
  let places = 0;
  if (digit === decimal - ZERO) {
    const point = ++at;
    stop++;
    digit = bytes[at] - ZERO;
    if (high === 0) {
      while (digit === 0 && at < point + MAX_ZEROS) digit = bytes[++at] - ZERO;
      stop = at + HALF_DIGITS;
    }
    while (digit >>> 0 <= 9 && at < stop) {
      high = (high * 10 + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    if (digit >>> 0 <= 9) {
      const half = at;
      stop += HALF_DIGITS;
      while (digit >>> 0 <= 9 && at < stop) {
        low = (low * 10 + digit) | 0;
        digit = bytes[++at] - ZERO;
      }
      if (digit >>> 0 <= 9) {
        low = low * 10 + digit;
        digit = bytes[++at] - ZERO;
        if (digit >>> 0 <= 9) return -1;
      }
      lowDigits = at - half;
    }
    places = at - point;
  }
  if ((digit | 0x20) === EXPONENT) {
    const mark = at + 1;
    at = exponentEnd(bytes, at, at + 5);
    if (at < 0 || (bytes[at] - ZERO) >>> 0 <= 9) return -1;
    places -= exponentOf(bytes, mark, at);
  }
  if (places < 0 || places >= POWERS.length) return -1;
  const value = lowDigits === 0 ? high / POWERS[places] : joined(high, low, lowDigits, places);
  if (value < 0) return -1;
  out[0] = negative ? -value : value;
  return at;
}

/**
 * (high * 10^lowDigits + low) / 10^places, correctly rounded; -1 when it lies too near the middle of two float64 to tell
 * which is nearer. `high` has at most 9 digits, `low` 10.
 */
function joined(high: number, low: number, lowDigits: number, places: number): number {
  const power = POWERS[lowDigits];
  const digits = high * power + low;
  if (digits <= MAX_EXACT) return digits / POWERS[places];
  // The exact number is upper + lower, each of which is exact.
  const upper = (high >> 15) * power * 32768;
  const lower = (high & 32767) * power + low;
  const sum = upper + lower;
  return quotient(sum, lower - (sum - upper), places);
}

/** How far a quotient in twice the precision may be wrong, as a part of it; the true error is below 2^-100. */
const UNSURE = 2 ** -90;

/**
 * (high + low) / 10^places. The remainder of the rounded division is exact (Dekker, "A floating-point technique for extending
 * the available precision", 1971), and corrects it.
 */
function quotient(high: number, low: number, places: number): number {
  const divisor = POWERS[places];
  const first = high / divisor;
  const product = first * divisor;
  const rest = high - product - productError(first, divisor, product) + low;
  const correction = rest * INVERSES[places];
  const rounded = first + (correction + first * UNSURE);
  return rounded === first + (correction - first * UNSURE) ? rounded : -1;
}

/** 2^27 + 1 divides the 53 bits of a float64 into two halves. */
const SPLIT = 134_217_729;

/** What `a * b` lost when it was rounded to `product`. */
function productError(a: number, b: number, product: number): number {
  const scaledA = a * SPLIT;
  const highA = scaledA - (scaledA - a);
  const lowA = a - highA;
  const scaledB = b * SPLIT;
  const highB = scaledB - (scaledB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/**
 * Reads a plain number, such as `-12.5e3`, from the bytes of a text, without making a string of it. Most numbers are a
 * whole number of at most 53 bits times or divided by an exact power of ten, which one operation rounds correctly (Clinger,
 * "How to read floating point numbers accurately", 1990). The others go by way of `Number`.
 *
 * Whole numbers that float64 would round, and those with a zero in front (`007`), are not taken for numbers: they are
 * codes.
 *
 * @param end where the text ends
 * @param decimal the byte of the decimal mark
 * @param out gets the number, the nearest float64
 * @returns the index after the number; -1 when there is none
 */
export function scanNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  decimal: number,
  out: Float64Array,
): number {
  let at = start;
  let byte = at < end ? bytes[at] : 0;
  const negative = byte === MINUS;
  if (negative || byte === PLUS) byte = ++at < end ? bytes[at] : 0;
  const first = at;
  let mantissa = 0;
  while (byte >= ZERO && byte <= NINE) {
    mantissa = mantissa * 10 + (byte - ZERO);
    byte = ++at < end ? bytes[at] : 0;
  }
  const whole = at - first;
  if (whole > 1 && bytes[first] === ZERO) return -1;
  let places = 0;
  if (byte === decimal) {
    const point = ++at;
    byte = at < end ? bytes[at] : 0;
    while (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = ++at < end ? bytes[at] : 0;
    }
    places = at - point;
    if (whole + places === 0) return -1;
  } else if (whole === 0 || (mantissa > MAX_EXACT && (byte | 0x20) !== 0x65)) return -1;
  const mantissaEnd = at;
  let exponent = -places;
  if ((byte | 0x20) === 0x65) {
    at = exponentEnd(bytes, at, end);
    if (at < 0) return -1;
    exponent += exponentOf(bytes, mantissaEnd + 1, at);
  }
  if (mantissa <= MAX_EXACT && exponent >= -22 && exponent <= 22) {
    const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    out[0] = negative ? -value : value;
    return at;
  }
  const value = Number(textOf(bytes, first, mantissaEnd, decimal, exponent + places));
  if (!(value < Infinity)) return -1;
  out[0] = negative ? -value : value;
  return at;
}

/** Where an exponent such as `e-05` ends; -1 when no digit follows. */
function exponentEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  if (at < end && (bytes[at] === MINUS || bytes[at] === PLUS)) at++;
  const first = at;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) at++;
  return at > first ? at : -1;
}

/** Exponents beyond this give 0 or infinity whatever the digits are, which `Number` knows. */
const MAX_EXPONENT = 100_000;

function exponentOf(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start] === MINUS ? -1 : 1;
  let value = 0;
  for (let at = bytes[start] >= ZERO ? start : start + 1; at < end; at++) {
    if (value < MAX_EXPONENT) value = value * 10 + (bytes[at] - ZERO);
  }
  return sign * value;
}

/** The digits of a number, with a point and an exponent, as `Number` takes them. */
function textOf(bytes: Uint8Array, start: number, end: number, decimal: number, exponent: number): string {
  const digits = String.fromCharCode(...bytes.subarray(start, end));
  return `${digits.replace(String.fromCharCode(decimal), '.')}e${exponent}`;
}
