import { F32, F64, VECTOR, promoteHigh } from './simd';

// Set by the host before the first call, here and in the other files: sizes, and the addresses of arrays.

/** N */
export let rows: usize = 0;
/** D */
export let columns: usize = 0;
/** N x D bytes or floats, without padding between rows. */
export let points: usize = 0;
export let isBytes: bool = false;
/** The factor that bytes are multiplied by when they are read; floats are stored scaled. */
export let scale: f32 = 1;
/** D floats that are subtracted from every row: kernels see the points relative to these. */
export let shift: usize = 0;
/** One float per point, or 0 when each counts 1. */
export let weights: usize = 0;
/** One u32 per point: its cluster, component, or nearest seed. */
export let labels: usize = 0;
/** |x - shift|^2 as one float per point, or 0 where these are not needed. */
export let norms: usize = 0;
/** Rows handled per call, where a call handles a chunk. */
export let chunkRows: usize = 0;

/** The sample weight of a point. */
// @ts-ignore: decorator
@inline
export function weightOf(row: usize): f32 {
  return weights === 0 ? 1 : load<f32>(weights + row * F32);
}

// @ts-ignore: decorator
@inline
export function labelOf(row: usize): usize {
  return <usize>load<u32>(labels + row * F32);
}

/** Address of a row in memory. */
// @ts-ignore: decorator
@inline
export function addressOf(row: usize): usize {
  return isBytes ? points + row * columns : points + row * columns * F32;
}

/** Bytes of a row of D floats, padded to whole vectors. */
// @ts-ignore: decorator
@inline
export function paddedBytes(): usize {
  return ((columns + 3) & ~3) * F32;
}

/** Four values of a row from column `j` on, unscaled and unshifted; `from` is the row's address. */
// @ts-ignore: decorator
@inline
export function fourOf(from: usize, j: usize, bytes: bool): v128 {
  if (!bytes) return v128.load(from + j * F32);
  const words = i16x8.extend_low_i8x16_u(v128.load32_zero(from + j));
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(words));
}

// @ts-ignore: decorator
@inline
export function oneOf(from: usize, j: usize, bytes: bool): f32 {
  return bytes ? <f32>load<u8>(from + j) : load<f32>(from + j * F32);
}

/** Copies a row to `to` as D floats, scaled and relative to the shift. */
export function loadRow(row: usize, to: usize): void {
  const from = addressOf(row);
  if (isBytes) loadBytes(from, to);
  else loadFloats(from, to);
}

function loadFloats(from: usize, to: usize): void {
  const whole = columns & ~3;
  for (let j: usize = 0; j < whole; j += 4) {
    v128.store(to + j * F32, f32x4.sub(v128.load(from + j * F32), v128.load(shift + j * F32)));
  }
  for (let j = whole; j < columns; j++) {
    store<f32>(to + j * F32, load<f32>(from + j * F32) - load<f32>(shift + j * F32));
  }
}

function loadBytes(from: usize, to: usize): void {
  const whole = columns & ~15;
  for (let j: usize = 0; j < whole; j += 16) {
    const sixteen = v128.load(from + j);
    const low = i16x8.extend_low_i8x16_u(sixteen);
    const high = i16x8.extend_high_i8x16_u(sixteen);
    const at = j * F32;
    storeFour(to + at, shift + at, i32x4.extend_low_i16x8_u(low));
    storeFour(to + at + VECTOR, shift + at + VECTOR, i32x4.extend_high_i16x8_u(low));
    storeFour(to + at + 2 * VECTOR, shift + at + 2 * VECTOR, i32x4.extend_low_i16x8_u(high));
    storeFour(to + at + 3 * VECTOR, shift + at + 3 * VECTOR, i32x4.extend_high_i16x8_u(high));
  }
  for (let j = whole; j < columns; j++) {
    store<f32>(to + j * F32, <f32>load<u8>(from + j) * scale - load<f32>(shift + j * F32));
  }
}

// @ts-ignore: decorator
@inline
function storeFour(to: usize, less: usize, integers: v128): void {
  const values = f32x4.mul(f32x4.convert_i32x4_s(integers), f32x4.splat(scale));
  v128.store(to, f32x4.sub(values, v128.load(less)));
}

/**
 * |x - shift - c|^2 in doubles, where x - shift is exact: it decides what float32 and int16 leave open.
 * `center` is c, D doubles. Not for scaled bytes.
 */
export function exactSquared(row: usize, center: usize): f64 {
  const from = addressOf(row);
  return isBytes ? squared(from, center, true) : squared(from, center, false);
}

// @ts-ignore: decorator
@inline
function squared(from: usize, center: usize, bytes: bool): f64 {
  const whole = columns & ~3;
  let low = f64x2.splat(0);
  let high = low;
  for (let j: usize = 0; j < whole; j += 4) {
    const x = fourOf(from, j, bytes);
    const s = v128.load(shift + j * F32);
    const c = center + j * F64;
    const a = f64x2.sub(f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(s)), v128.load(c));
    const b = f64x2.sub(f64x2.sub(promoteHigh(x), promoteHigh(s)), v128.load(c, VECTOR));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (let j = whole; j < columns; j++) {
    const x = <f64>oneOf(from, j, bytes) - <f64>load<f32>(shift + j * F32);
    const difference = x - load<f64>(center + j * F64);
    sum += difference * difference;
  }
  return sum;
}
