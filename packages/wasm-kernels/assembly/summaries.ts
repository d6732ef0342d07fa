import {
  addressOf,
  columns,
  fourOf,
  isBytes,
  loadRow,
  norms,
  oneOf,
  rows,
  scale,
  shift,
  weightOf,
} from './points';
import { F32, F64, VECTOR, promoteHigh } from './simd';

// Sums and ranges of the points, computed before any algorithm starts. Rows are divided among slots, whose number does not
// depend on the number of threads; each slot adds up its own rows, and the host adds up the slots.

export let slotRows: usize = 0;
/** Per slot D + 1 doubles: the weighted sum of each column, and the sum of the weights. */
export let slotSums: usize = 0;
/** Per slot D + 2 doubles: the weighted sums of squares of each column and of whole rows, and the largest |row|^2. */
export let slotSquares: usize = 0;
/** Per slot 2 x D floats: the least and the greatest value of each column. */
export let slotRanges: usize = 0;
/** Per slot D floats (and one vector more): a row. */
export let slotRow: usize = 0;
export let slotRowBytes: usize = 0;

/** Sums and ranges of a slot's columns, relative to the shift. */
export function summarizeSlot(slot: usize): void {
  const row = slotRow + slot * slotRowBytes;
  const sums = slotSums + slot * (columns + 1) * F64;
  const least = slotRanges + slot * 2 * columns * F32;
  const greatest = least + columns * F32;
  memory.fill(sums, 0, (columns + 1) * F64);
  for (let j: usize = 0; j < columns; j++) {
    store<f32>(least + j * F32, Infinity);
    store<f32>(greatest + j * F32, -Infinity);
  }
  let total: f64 = 0;
  const whole = columns & ~3;
  const end = min(rows, (slot + 1) * slotRows);
  for (let i = slot * slotRows; i < end; i++) {
    loadRow(i, row);
    const weight = <f64>weightOf(i);
    const factor = f64x2.splat(weight);
    total += weight;
    for (let j: usize = 0; j < whole; j += 4) {
      const x = v128.load(row + j * F32);
      v128.store(least + j * F32, f32x4.min(v128.load(least + j * F32), x));
      v128.store(greatest + j * F32, f32x4.max(v128.load(greatest + j * F32), x));
      const to = sums + j * F64;
      const low = f64x2.mul(factor, f64x2.promote_low_f32x4(x));
      const high = f64x2.mul(factor, promoteHigh(x));
      v128.store(to, f64x2.add(v128.load(to), low));
      v128.store(to, f64x2.add(v128.load(to, VECTOR), high), VECTOR);
    }
    for (let j = whole; j < columns; j++) {
      const x = load<f32>(row + j * F32);
      store<f32>(least + j * F32, min(load<f32>(least + j * F32), x));
      store<f32>(greatest + j * F32, max(load<f32>(greatest + j * F32), x));
      store<f64>(sums + j * F64, load<f64>(sums + j * F64) + weight * <f64>x);
    }
  }
  store<f64>(sums + columns * F64, total);
}

/** Sums of squares of a slot, relative to the shift without rounding, and the norms of its rows where they are kept. */
export function squareSlot(slot: usize): void {
  const squares = slotSquares + slot * (columns + 2) * F64;
  memory.fill(squares, 0, (columns + 2) * F64);
  let inertia: f64 = 0;
  let farthest: f64 = 0;
  const end = min(rows, (slot + 1) * slotRows);
  for (let i = slot * slotRows; i < end; i++) {
    const weight = <f64>weightOf(i);
    const from = addressOf(i);
    const square = isBytes ? addSquares(from, weight, squares, true) : addSquares(from, weight, squares, false);
    inertia += weight * square;
    farthest = max(farthest, square);
    if (norms !== 0) store<f32>(norms + i * F32, <f32>square);
  }
  store<f64>(squares + columns * F64, inertia);
  store<f64>(squares + (columns + 1) * F64, farthest);
}

/** Adds a row's weighted squares to those of the columns, and returns their sum without the weight. */
// @ts-ignore: decorator
@inline
function addSquares(from: usize, weight: f64, to: usize, bytes: bool): f64 {
  const factor = f64x2.splat(weight);
  const scales = f32x4.splat(scale);
  const whole = columns & ~3;
  let norm = f64x2.splat(0);
  for (let j: usize = 0; j < whole; j += 4) {
    const x = f32x4.mul(scales, fourOf(from, j, bytes));
    const s = v128.load(shift + j * F32);
    const a = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(s));
    const b = f64x2.sub(promoteHigh(x), promoteHigh(s));
    const aa = f64x2.mul(a, a);
    const bb = f64x2.mul(b, b);
    norm = f64x2.add(norm, f64x2.add(aa, bb));
    const at = to + j * F64;
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(factor, aa)));
    v128.store(at, f64x2.add(v128.load(at, VECTOR), f64x2.mul(factor, bb)), VECTOR);
  }
  let square = f64x2.extract_lane(norm, 0) + f64x2.extract_lane(norm, 1);
  for (let j = whole; j < columns; j++) {
    const x = <f64>(oneOf(from, j, bytes) * scale) - <f64>load<f32>(shift + j * F32);
    square += x * x;
    store<f64>(to + j * F64, load<f64>(to + j * F64) + weight * x * x);
  }
  return square;
}
