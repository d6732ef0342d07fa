import { addressOf, columns, isBytes, shift } from './points';
import { F32, VECTOR, multiplyAdd } from './simd';
import { pointScale } from './tuning';

// A key tells how near a row is to a center: an int32 that grows with the distance. There are two kinds:
//
// - Quantized: |c|^2 / 2 - x.c in fixed point, from int16 products. Eight multiply-adds in two instructions, twice the speed
//   of float32, on every machine that has SIMD. The error from quantization is bounded.
// - Float: |x - c|^2 in float32 by direct differences, its bits read as an integer, which keeps the order of
//   numbers >= 0. For few columns, and for points that int16 cannot tell apart.
//
// SIMD lanes are four centers, side by side in a panel; the value of a row is splat over them. Two rows at a time are
// compared with up to four panels, which shares every load and keeps eight sums in registers.

/** Rows that are prepared at a time: a panel that is no longer in the cache is fetched once for all of them. */
export const BATCH_ROWS: usize = 32;

/** Room for 32 prepared rows, `preparedBytes` apart; zero at first. */
export let prepared: usize = 0;
export let preparedBytes: usize = 0;
/** 32 rows of keys, `keyBytes` apart: four per panel. */
export let keys: usize = 0;
export let keyBytes: usize = 0;
/** The shift, for bytes: D int16. */
export let wordShift: usize = 0;

/** 1.5 x 2^23: adding it to a small float32 leaves the nearest integer in the low bits. */
const ROUNDING: f32 = 12582912;

/** Writes a row as int16, relative to the shift, in units of 1 / pointScale. */
export function quantize(row: usize, to: usize): void {
  const from = addressOf(row);
  const whole = columns & ~7;
  if (isBytes) {
    for (let j: usize = 0; j < whole; j += 8) {
      const words = v128.load8x8_u(from + j);
      v128.store(to + 2 * j, i16x8.sub(words, v128.load(wordShift + 2 * j)));
    }
    for (let j = whole; j < columns; j++) {
      store<i16>(to + 2 * j, <i16>load<u8>(from + j) - load<i16>(wordShift + 2 * j));
    }
    return;
  }
  const factor = f32x4.splat(<f32>pointScale);
  const rounding = f32x4.splat(ROUNDING);
  for (let j: usize = 0; j < whole; j += 8) {
    const at = j * F32;
    const a = f32x4.sub(v128.load(from + at), v128.load(shift + at));
    const b = f32x4.sub(v128.load(from + at, VECTOR), v128.load(shift + at, VECTOR));
    const low = multiplyAdd(rounding, a, factor);
    const high = multiplyAdd(rounding, b, factor);
    v128.store(to + 2 * j, v128.shuffle<i16>(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
  }
  for (let j = whole; j < columns; j++) {
    const value = (load<f32>(from + j * F32) - load<f32>(shift + j * F32)) * <f32>pointScale + ROUNDING;
    store<i16>(to + 2 * j, <i16>reinterpret<i32>(value));
  }
}

/** The prepared rows that the next keys are computed for: up to 32, one byte each. */
export let pairing: usize = 0;

/**
 * Quantized keys of the `paired` rows listed in `pairing` to the centers of panels `first` to `end`.
 *
 * @param biases |c|^2 / 2 of every center, as keys
 */
export function quantizedKeys(paired: usize, panels: usize, biases: usize, first: usize, end: usize): void {
  const bytes = ((columns + 1) >> 1) * VECTOR;
  // Four panels at a time stay in the cache while they are compared with all rows.
  for (let p = first; p < end; p += 4) {
    const panel = panels + p * bytes;
    const bias = biases + p * VECTOR;
    const left = end - p;
    for (let i: usize = 0; i < paired; i += 2) {
      const row0 = <usize>load<u8>(pairing + i);
      const row1 = <usize>load<u8>(pairing + min(i + 1, paired - 1));
      const x0 = prepared + row0 * preparedBytes;
      const x1 = prepared + row1 * preparedBytes;
      const to0 = keys + row0 * keyBytes + p * VECTOR;
      const to1 = keys + row1 * keyBytes + p * VECTOR;
      if (left >= 4) quantizedPair(x0, x1, panel, bytes, bias, to0, to1, 4);
      else if (left === 3) quantizedPair(x0, x1, panel, bytes, bias, to0, to1, 3);
      else if (left === 2) quantizedPair(x0, x1, panel, bytes, bias, to0, to1, 2);
      else quantizedPair(x0, x1, panel, bytes, bias, to0, to1, 1);
    }
  }
}

/** Two rows against `count` panels; a constant count leaves a loop without branches. */
// @ts-ignore: decorator
@inline
function quantizedPair(
  x0: usize,
  x1: usize,
  panel: usize,
  bytes: usize,
  bias: usize,
  to0: usize,
  to1: usize,
  count: i32,
): void {
  let a0 = v128.load(bias);
  let b0 = a0;
  let a1 = count > 1 ? v128.load(bias, VECTOR) : a0;
  let b1 = a1;
  let a2 = count > 2 ? v128.load(bias, 2 * VECTOR) : a0;
  let b2 = a2;
  let a3 = count > 3 ? v128.load(bias, 3 * VECTOR) : a0;
  let b3 = a3;
  for (const end = panel + bytes; panel < end; panel += VECTOR) {
    const x = v128.load32_splat(x0);
    const y = v128.load32_splat(x1);
    let c = v128.load(panel);
    a0 = lessProduct(a0, x, c);
    b0 = lessProduct(b0, y, c);
    if (count > 1) {
      c = v128.load(panel + bytes);
      a1 = lessProduct(a1, x, c);
      b1 = lessProduct(b1, y, c);
    }
    if (count > 2) {
      c = v128.load(panel + 2 * bytes);
      a2 = lessProduct(a2, x, c);
      b2 = lessProduct(b2, y, c);
    }
    if (count > 3) {
      c = v128.load(panel + 3 * bytes);
      a3 = lessProduct(a3, x, c);
      b3 = lessProduct(b3, y, c);
    }
    x0 += F32;
    x1 += F32;
  }
  storeKeys(to0, a0, a1, a2, a3, count);
  storeKeys(to1, b0, b1, b2, b3, count);
}

// @ts-ignore: decorator
@inline
function lessProduct(sum: v128, a: v128, b: v128): v128 {
  return i32x4.sub(sum, i32x4.dot_i16x8_s(a, b));
}

// @ts-ignore: decorator
@inline
function storeKeys(to: usize, a: v128, b: v128, c: v128, d: v128, count: i32): void {
  v128.store(to, a);
  if (count > 1) v128.store(to, b, VECTOR);
  if (count > 2) v128.store(to, c, 2 * VECTOR);
  if (count > 3) v128.store(to, d, 3 * VECTOR);
}

/** The quantized product of one row with one center, both whole vectors of int16. */
export function quantizedProduct(x: usize, center: usize): i32 {
  const bytes = ((columns + 7) & ~7) * 2;
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(x + at), v128.load(center + at)));
  }
  const two = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}

/** Float keys of the listed rows (D floats each) to the centers of panels `first` to `end`. */
export function floatKeys(paired: usize, panels: usize, first: usize, end: usize): void {
  const bytes = columns * VECTOR;
  for (let p = first; p < end; p += 4) {
    const panel = panels + p * bytes;
    const left = end - p;
    for (let i: usize = 0; i < paired; i += 2) {
      const row0 = <usize>load<u8>(pairing + i);
      const row1 = <usize>load<u8>(pairing + min(i + 1, paired - 1));
      const x0 = prepared + row0 * preparedBytes;
      const x1 = prepared + row1 * preparedBytes;
      const to0 = keys + row0 * keyBytes + p * VECTOR;
      const to1 = keys + row1 * keyBytes + p * VECTOR;
      if (left >= 4) floatPair(x0, x1, panel, bytes, to0, to1, 4);
      else if (left === 3) floatPair(x0, x1, panel, bytes, to0, to1, 3);
      else if (left === 2) floatPair(x0, x1, panel, bytes, to0, to1, 2);
      else floatPair(x0, x1, panel, bytes, to0, to1, 1);
    }
  }
}

// @ts-ignore: decorator
@inline
function floatPair(
  x0: usize,
  x1: usize,
  panel: usize,
  bytes: usize,
  to0: usize,
  to1: usize,
  count: i32,
): void {
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  for (const end = panel + bytes; panel < end; panel += VECTOR) {
    const x = v128.load32_splat(x0);
    const y = v128.load32_splat(x1);
    let c = v128.load(panel);
    a0 = addSquare(a0, f32x4.sub(x, c));
    b0 = addSquare(b0, f32x4.sub(y, c));
    if (count > 1) {
      c = v128.load(panel + bytes);
      a1 = addSquare(a1, f32x4.sub(x, c));
      b1 = addSquare(b1, f32x4.sub(y, c));
    }
    if (count > 2) {
      c = v128.load(panel + 2 * bytes);
      a2 = addSquare(a2, f32x4.sub(x, c));
      b2 = addSquare(b2, f32x4.sub(y, c));
    }
    if (count > 3) {
      c = v128.load(panel + 3 * bytes);
      a3 = addSquare(a3, f32x4.sub(x, c));
      b3 = addSquare(b3, f32x4.sub(y, c));
    }
    x0 += F32;
    x1 += F32;
  }
  storeKeys(to0, a0, a1, a2, a3, count);
  storeKeys(to1, b0, b1, b2, b3, count);
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, difference: v128): v128 {
  return multiplyAdd(sum, difference, difference);
}

/** Float keys of one row to the centers of one panel, with the same bits as those of `floatKeys`. */
export function floatKey(x: usize, panel: usize): v128 {
  let sum = f32x4.splat(0);
  for (const end = panel + columns * VECTOR; panel < end; panel += VECTOR) {
    sum = addSquare(sum, f32x4.sub(v128.load32_splat(x), v128.load(panel)));
    x += F32;
  }
  return sum;
}

/** Lists the first `count` prepared rows. */
export function pairAll(count: usize): void {
  for (let i: usize = 0; i < count; i++) store<u8>(pairing + i, <u8>i);
}
