import { MINUS, NINE, PLUS, ZERO } from './ascii.ts';

/** Powers of ten that float64 holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Whole numbers up to this one are exact in float64. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/**
 * Reads a plain number, such as `-12.5e3`, from the bytes of a text, without making a string of it. Most numbers are a
 * whole number of at most 53 bits times or divided by an exact power of ten, which one operation rounds correctly (Clinger,
 * "How to read floating point numbers accurately", 1990). The others are read by `scanLong`.
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
  const value = scanLong(bytes, first, mantissaEnd, exponent, decimal);
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

/** A whole number of this many digits is exact in float64. */
const EXACT_DIGITS = 15;
const MAX_DIGITS = 19;

/**
 * A number of up to 19 digits divided by an exact power of ten, correctly rounded: the digits as a sum of two float64,
 * the quotient in twice the precision (Dekker, "A floating-point technique for extending the available precision",
 * 1971). All else, and what lies too near the middle of two float64 to tell, goes by way of `Number`.
 *
 * @param exponent of ten, of the digits as a whole number
 */
function scanLong(bytes: Uint8Array, start: number, end: number, exponent: number, decimal: number): number {
  let digits = 0;
  let head = 0;
  let tail = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === decimal || (digits === 0 && byte === ZERO)) continue;
    digits++;
    if (digits <= EXACT_DIGITS) head = head * 10 + (byte - ZERO);
    else tail = tail * 10 + (byte - ZERO);
  }
  if (digits > EXACT_DIGITS && digits <= MAX_DIGITS && exponent < 0 && exponent >= -22) {
    const power = POWERS[digits - EXACT_DIGITS];
    const product = head * power;
    const low = productError(head, power, product) + tail;
    const value = quotient(product, low, POWERS[-exponent]);
    if (value > 0) return value;
  }
  const text = String.fromCharCode(...bytes.subarray(start, end)).replace(String.fromCharCode(decimal), '.');
  const point = text.indexOf('.');
  const places = point < 0 ? 0 : text.length - point - 1;
  return Number(`${text}e${exponent + places}`);
}

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

/** 2^27 + 1 divides the 53 bits of a float64 into two halves. */
const SPLIT = 134_217_729;

/** How far a quotient in twice the precision may be wrong, as a part of it; the true error is below 2^-100. */
const UNSURE = 2 ** -90;

/** (high + low) / divisor, rounded once; 0 when it lies too near the middle of two float64 to tell which is nearer. */
function quotient(high: number, low: number, divisor: number): number {
  const first = high / divisor;
  const product = first * divisor;
  const rest = high - product - productError(first, divisor, product) + low;
  const correction = rest / divisor;
  const rounded = first + (correction + first * UNSURE);
  return rounded === first + (correction - first * UNSURE) ? rounded : 0;
}
