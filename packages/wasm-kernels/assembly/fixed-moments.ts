import { magics } from './fixed-sums';
import { addressOf, columns, fourOf, isBytes, norms, oneOf, rows, shift, weightOf } from './points';
import { F32, F64, VECTOR, promoteHigh } from './simd';
import { slotRows } from './summaries';

// Moments of all points in 64-bit fixed point, as the sums of clusters are: they do not depend on how rows are divided.
// Squares have a second, finer fixed point for what the first one leaves out, because one far point would otherwise take
// the digits of all others.

/** Per slot 3 x D + 1 integers (sums, squares, rests of squares, and the weight), and a double: the largest |row|^2. */
export let slotMoments: usize = 0;
/** 2 x D doubles: 1.5 x 2^52 q of the squares of each column, and of their rests. */
export let squareMagics: usize = 0;

/** Moments of a slot's rows about the shift, and the norms of its rows where they are kept. Not for scaled bytes. */
export function momentSlot(slot: usize): void {
  const to = slotMoments + slot * (3 * columns + 2) * F64;
  const total = to + 3 * columns * F64;
  memory.fill(to, 0, (3 * columns + 1) * F64);
  const end = min(rows, (slot + 1) * slotRows);
  for (let i = slot * slotRows; i < end; i++) {
    addOne(total, <f64>weightOf(i), load<f64>(magics + columns * F64));
  }
  visit(slot, to, true);
}

/** The norms of a slot's rows where they are kept, and the largest, when the moments are known already. */
export function normSlot(slot: usize): void {
  visit(slot, slotMoments + slot * (3 * columns + 2) * F64, false);
}

// @ts-ignore: decorator
@inline
function visit(slot: usize, to: usize, sums: bool): void {
  let farthest: f64 = 0;
  const end = min(rows, (slot + 1) * slotRows);
  for (let i = slot * slotRows; i < end; i++) {
    const weight = <f64>weightOf(i);
    const from = addressOf(i);
    const square = isBytes ? addMoments(from, weight, to, true, sums) : addMoments(from, weight, to, false, sums);
    farthest = max(farthest, square);
    if (norms !== 0) store<f32>(norms + i * F32, <f32>square);
  }
  store<f64>(to + (3 * columns + 1) * F64, farthest);
}

/** Adds a row's weighted values and squares to those of the columns; returns the sum of its squares without the weight. */
// @ts-ignore: decorator
@inline
function addMoments(from: usize, weight: f64, to: usize, bytes: bool, sums: bool): f64 {
  const factor = f64x2.splat(weight);
  const whole = columns & ~3;
  let norm = f64x2.splat(0);
  for (let j: usize = 0; j < whole; j += 4) {
    const x = fourOf(from, j, bytes);
    const s = v128.load(shift + j * F32);
    const a = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(s));
    const b = f64x2.sub(promoteHigh(x), promoteHigh(s));
    const aa = f64x2.mul(a, a);
    const bb = f64x2.mul(b, b);
    norm = f64x2.add(norm, f64x2.add(aa, bb));
    if (!sums) continue;
    addTwo(to, j, f64x2.mul(factor, a), f64x2.mul(factor, aa));
    addTwo(to, j + 2, f64x2.mul(factor, b), f64x2.mul(factor, bb));
  }
  let square = f64x2.extract_lane(norm, 0) + f64x2.extract_lane(norm, 1);
  for (let j = whole; j < columns; j++) {
    const x = <f64>oneOf(from, j, bytes) - <f64>load<f32>(shift + j * F32);
    square += x * x;
    if (!sums) continue;
    const at = to + j * F64;
    const weighted = weight * x * x;
    const magic = load<f64>(squareMagics + j * F64);
    addOne(at, weight * x, load<f64>(magics + j * F64));
    addOne(at + columns * F64, weighted, magic);
    addOne(at + 2 * columns * F64, weighted - (weighted + magic - magic), load<f64>(squareMagics + (columns + j) * F64));
  }
  return square;
}

/** Adds the values and the squares of two columns. */
// @ts-ignore: decorator
@inline
function addTwo(to: usize, j: usize, values: v128, squares: v128): void {
  const at = to + j * F64;
  const squaresAt = at + columns * F64;
  const restsAt = squaresAt + columns * F64;
  const sum = f64x2.add(values, v128.load(magics + j * F64));
  v128.store(at, i64x2.add(v128.load(at), sum));
  const magic = v128.load(squareMagics + j * F64);
  const placed = f64x2.add(squares, magic);
  v128.store(squaresAt, i64x2.add(v128.load(squaresAt), placed));
  const rests = f64x2.sub(squares, f64x2.sub(placed, magic));
  const finer = f64x2.add(rests, v128.load(squareMagics + (columns + j) * F64));
  v128.store(restsAt, i64x2.add(v128.load(restsAt), finer));
}

// @ts-ignore: decorator
@inline
function addOne(to: usize, value: f64, magic: f64): void {
  store<i64>(to, load<i64>(to) + reinterpret<i64>(value + magic));
}
