import { columns, rows } from './points';
import { F32, F64, VECTOR, multiplyAddDoubles } from './simd';

// Sketches of points: a few coordinates of each, whose distances are never greater than those of the points. Few columns are
// their own sketch. Of many, a sketch has the coordinates along some orthonormal directions and the length of what is left;
// the triangle inequality makes their distances lower bounds. Sketches decide which points are worth a look. Distances are
// computed from the points, in float64.

/** The values of the points, N x D: bytes, float32 or float64, which `valueBytes` tells apart. */
export let values: usize = 0;
export let valueBytes: usize = 0;
/** The factor that values are multiplied by. */
export let valueScale: f64 = 1;
/** D doubles that are subtracted before points are sketched. */
export let sketchCenter: usize = 0;
/** Orthonormal rows of D doubles, padded with a zero to an even number; none when sketches are the points themselves. */
export let directions: usize = 0;
export let directionCount: usize = 0;
/** Units of a sketch per unit of the points: no coordinate is greater than 1. */
export let sketchScale: f64 = 1;
/** Coordinates of a sketch. */
export let sketchColumns: usize = 0;
/** N rows of floats in the order of places (see space-tree.ts), padded with zeros to whole vectors. */
export let sketches: usize = 0;
/** Points that one call sketches. */
export let sketchRows: usize = 0;
/** Room of a thread: D doubles, padded to an even number. */
export let centeredRow: usize = 0;

/** 2^-24, and a little for the float64 arithmetic behind a sketch. */
const ROUNDING: f64 = 6e-8;

/** Bytes of a padded sketch. */
// @ts-ignore: decorator
@inline
export function sketchBytes(): usize {
  return ((sketchColumns + 3) & ~3) * F32;
}

// @ts-ignore: decorator
@inline
export function sketchOf(place: usize): usize {
  return sketches + place * sketchBytes();
}

/** Sketches one chunk of the points. */
export function sketchChunk(chunk: usize): void {
  const end = min(rows, (chunk + 1) * sketchRows);
  for (let row = chunk * sketchRows; row < end; row++) {
    for (let j: usize = 0; j < columns; j++) {
      const value = (valueAt(row * columns + j) * valueScale - load<f64>(sketchCenter + j * F64)) * sketchScale;
      if (directionCount === 0) store<f32>(sketchOf(row) + j * F32, <f32>value);
      else store<f64>(centeredRow + j * F64, value);
    }
    if (directionCount !== 0) project(sketchOf(row));
  }
}

// @ts-ignore: decorator
@inline
function valueAt(at: usize): f64 {
  if (valueBytes === F32) return <f64>load<f32>(values + at * F32);
  if (valueBytes === F64) return load<f64>(values + at * F64);
  return <f64>load<u8>(values + at);
}

/** Writes the coordinates of the centered row, which becomes what is left of it, and its length. */
function project(sketch: usize): void {
  const bytes = ((columns + 1) & ~1) * F64;
  for (let d: usize = 0; d < directionCount; d++) {
    const direction = directions + d * bytes;
    const coordinate = dotDoubles(centeredRow, direction, bytes);
    store<f32>(sketch + d * F32, <f32>coordinate);
    const factor = f64x2.splat(-coordinate);
    for (let j: usize = 0; j < bytes; j += VECTOR) {
      const left = multiplyAddDoubles(v128.load(centeredRow + j), factor, v128.load(direction + j));
      v128.store(centeredRow + j, left);
    }
  }
  const left = sqrt(dotDoubles(centeredRow, centeredRow, bytes));
  store<f32>(sketch + directionCount * F32, <f32>left);
}

function dotDoubles(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    sum = multiplyAddDoubles(sum, v128.load(a + j), v128.load(b + j));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * How much farther from others than its point a sketch may be. Its coordinates are rounded to float32, so its place is off by
 * at most 2^-24 of its length.
 */
export function slackOf(sketch: usize): f64 {
  let norm: f64 = 0;
  for (let j: usize = 0; j < sketchBytes(); j += F32) {
    const value = <f64>load<f32>(sketch + j);
    norm += value * value;
  }
  return 2 * ROUNDING * sqrt(norm);
}

/**
 * The limit of squared distances of sketches that lets every point through whose squared distance is at most `square`. A point
 * within the distance d is off by at most 2^-24 d more than the sketch that has this slack; sums of squares are rounded, too.
 */
// @ts-ignore: decorator
@inline
export function limitOf(slack: f64, square: f64): f32 {
  const reach = sqrt(square) * sketchScale * (1 + ROUNDING) + slack;
  return <f32>(reach * reach * (1 + <f64>(sketchColumns + 8) * 2 * ROUNDING));
}

/** The squared distance of two points, its terms added in the order of the columns. */
export function squareBetween(a: usize, b: usize): f64 {
  const bytes = columns * valueBytes;
  const p = values + a * bytes;
  const q = values + b * bytes;
  let sum: f64 = 0;
  if (valueBytes === F32) {
    for (let j: usize = 0; j < bytes; j += F32) {
      const difference = <f64>load<f32>(p + j) * valueScale - <f64>load<f32>(q + j) * valueScale;
      sum += difference * difference;
    }
  } else if (valueBytes === F64) {
    for (let j: usize = 0; j < bytes; j += F64) {
      const difference = load<f64>(p + j) * valueScale - load<f64>(q + j) * valueScale;
      sum += difference * difference;
    }
  } else {
    for (let j: usize = 0; j < bytes; j++) {
      const difference = <f64>load<u8>(p + j) * valueScale - <f64>load<u8>(q + j) * valueScale;
      sum += difference * difference;
    }
  }
  return sum;
}

/** The least square in the units of float32 and of bytes that says that two points are farther apart than a square. */
const FARTHER: f64 = 1 + 1e-12;

/** The limit of `mayBeWithin` that lets every pair through whose squared distance is at most `square`. */
// @ts-ignore: decorator
@inline
export function quickLimitOf(square: f64): f64 {
  if (valueBytes === F64) return square * FARTHER;
  const limit = square / (valueScale * valueScale);
  // In float32 the relative error of a sum of D squares is at most (D + 3) 2^-24.
  return valueBytes === F32 ? limit * (1 + <f64>(columns + 4) * ROUNDING) : limit * FARTHER;
}

/**
 * Whether the squared distance of two points may be within a limit: quicker than `squareBetween`, whose sum waits for each of
 * its terms. Few columns are left to the sketches.
 */
export function mayBeWithin(a: usize, b: usize, quickLimit: f64): bool {
  if (directionCount === 0) return true;
  const bytes = columns * valueBytes;
  const p = values + a * bytes;
  const q = values + b * bytes;
  if (valueBytes === F32) return <f64>squareOfFloats(p, q, bytes) <= quickLimit;
  if (valueBytes === F64) return squareOfDoubles(p, q, bytes) <= quickLimit;
  return <f64>squareOfBytes(p, q, bytes) <= quickLimit;
}

function squareOfDoubles(p: usize, q: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  const whole = bytes & ~(VECTOR - 1);
  const factor = f64x2.splat(valueScale);
  for (let j: usize = 0; j < whole; j += VECTOR) {
    const difference = f64x2.mul(f64x2.sub(v128.load(p + j), v128.load(q + j)), factor);
    sum = multiplyAddDoubles(sum, difference, difference);
  }
  let square = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (whole < bytes) {
    const difference = (load<f64>(p + whole) - load<f64>(q + whole)) * valueScale;
    square += difference * difference;
  }
  return square;
}

function squareOfFloats(p: usize, q: usize, bytes: usize): f32 {
  let even = f32x4.splat(0);
  let odd = even;
  const pairs = bytes & ~(2 * VECTOR - 1);
  let j: usize = 0;
  for (; j < pairs; j += 2 * VECTOR) {
    const x = f32x4.sub(v128.load(p + j), v128.load(q + j));
    const y = f32x4.sub(v128.load(p + j, VECTOR), v128.load(q + j, VECTOR));
    even = f32x4.add(even, f32x4.mul(x, x));
    odd = f32x4.add(odd, f32x4.mul(y, y));
  }
  let square = addLanes(f32x4.add(even, odd));
  for (; j < bytes; j += F32) {
    const difference = load<f32>(p + j) - load<f32>(q + j);
    square += difference * difference;
  }
  return square;
}

function squareOfBytes(p: usize, q: usize, bytes: usize): i32 {
  let sum = i32x4.splat(0);
  const whole = bytes & ~(VECTOR - 1);
  let j: usize = 0;
  for (; j < whole; j += VECTOR) {
    const a = v128.load(p + j);
    const b = v128.load(q + j);
    const low = i16x8.sub(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
    const high = i16x8.sub(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
    sum = i32x4.add(sum, i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high)));
  }
  let square =
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3);
  for (; j < bytes; j++) {
    const difference = <i32>load<u8>(p + j) - <i32>load<u8>(q + j);
    square += difference * difference;
  }
  return square;
}

// @ts-ignore: decorator
@inline
export function addLanes(four: v128): f32 {
  const two = f32x4.add(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
