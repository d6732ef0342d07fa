import { addressOf, columns, fourOf, isBytes, oneOf, shift, weightOf, weights } from './points';
import { F32, F64, VECTOR, promoteHigh } from './simd';

// Sums of clusters in 64-bit fixed point. The sum of integers has the same bits in any order, so threads need not add in a
// fixed order, and a point that leaves its cluster subtracts exactly what it added. A value becomes an integer by one
// addition: v + 1.5 x 2^52 q is a double whose unit in the last place is q, so its bits, less the bits of 1.5 x 2^52 q,
// count how many q make v. The host chooses q for each column such that no sum overflows.

/** D + 1 doubles: 1.5 x 2^52 q of each column, and of the weights. */
export let magics: usize = 0;
/**
 * D doubles: the same minus the shift, rounded to the nearest double. Without weights, x + (magic - shift) saves an
 * addition; the rounding error of magic - shift is corrected once for all points of a cluster.
 */
export let shiftedMagics: usize = 0;
/** D doubles: how much too much each point then adds, in the units of the points. */
export let shiftErrors: usize = 0;
/** This thread's share: for each cluster D + 2 integers: the columns, the weight, and the number of points. */
export let ownSums: usize = 0;

/** Integers of one cluster. */
// @ts-ignore: decorator
@inline
function width(): usize {
  return columns + 2;
}

/** Adds weight x (row - shift) to the sums of a cluster. */
export function addRow(row: usize, cluster: usize): void {
  const to = ownSums + cluster * width() * F64;
  if (weights !== 0) moveWeighted(row, to, true);
  else if (isBytes) move(row, to, true, true);
  else move(row, to, false, true);
}

/** Subtracts weight x (row - shift) from the sums of a cluster. */
export function removeRow(row: usize, cluster: usize): void {
  const to = ownSums + cluster * width() * F64;
  if (weights !== 0) moveWeighted(row, to, false);
  else if (isBytes) move(row, to, true, false);
  else move(row, to, false, false);
}

// @ts-ignore: decorator
@inline
function move(row: usize, to: usize, bytes: bool, adds: bool): void {
  const from = addressOf(row);
  const whole = columns & ~3;
  for (let j: usize = 0; j < whole; j += 4) {
    const x = fourOf(from, j, bytes);
    const at = j * F64;
    moveTwo(to + at, f64x2.add(f64x2.promote_low_f32x4(x), v128.load(shiftedMagics + at)), adds);
    moveTwo(to + at + VECTOR, f64x2.add(promoteHigh(x), v128.load(shiftedMagics + at, VECTOR)), adds);
  }
  for (let j = whole; j < columns; j++) {
    const value = <f64>oneOf(from, j, bytes) + load<f64>(shiftedMagics + j * F64);
    moveOne(to + j * F64, reinterpret<i64>(value), adds);
  }
  moveOne(to + columns * F64, reinterpret<i64>(1 + load<f64>(magics + columns * F64)), adds);
  moveOne(to + (columns + 1) * F64, 1, adds);
}

function moveWeighted(row: usize, to: usize, adds: bool): void {
  const from = addressOf(row);
  const weight = <f64>weightOf(row);
  for (let j: usize = 0; j < columns; j++) {
    const x = <f64>oneOf(from, j, isBytes);
    const value = (x - <f64>load<f32>(shift + j * F32)) * weight + load<f64>(magics + j * F64);
    moveOne(to + j * F64, reinterpret<i64>(value), adds);
  }
  moveOne(to + columns * F64, reinterpret<i64>(weight + load<f64>(magics + columns * F64)), adds);
  moveOne(to + (columns + 1) * F64, 1, adds);
}

// @ts-ignore: decorator
@inline
function moveTwo(to: usize, bits: v128, adds: bool): void {
  v128.store(to, adds ? i64x2.add(v128.load(to), bits) : i64x2.sub(v128.load(to), bits));
}

// @ts-ignore: decorator
@inline
function moveOne(to: usize, bits: i64, adds: bool): void {
  store<i64>(to, adds ? load<i64>(to) + bits : load<i64>(to) - bits);
}

/** All threads' sums, one after another, K x (D + 2) integers each. */
export let allSums: usize = 0;
export let sumThreads: usize = 0;
export let sumBytes: usize = 0;
/** D + 1 doubles: q of each column, and of the weights. */
export let quanta: usize = 0;
/** K x (D + 1) doubles: the sums of the clusters about the shift, and their weights. */
export let sums: usize = 0;

/** Adds up the threads' sums of clusters `first <= k < first + count`, as doubles. */
export function gatherSums(first: usize, count: usize): void {
  for (let k = first; k < first + count; k++) {
    const from = allSums + k * width() * F64;
    const to = sums + k * (columns + 1) * F64;
    const members = acrossThreads(from + (columns + 1) * F64);
    for (let j: usize = 0; j <= columns; j++) {
      const magic = reinterpret<i64>(load<f64>(magics + j * F64));
      const quantities = acrossThreads(from + j * F64) - members * magic;
      let sum = <f64>quantities * load<f64>(quanta + j * F64);
      if (weights === 0 && j < columns) sum -= <f64>members * load<f64>(shiftErrors + j * F64);
      store<f64>(to + j * F64, sum);
    }
  }
}

function acrossThreads(at: usize): i64 {
  let sum: i64 = 0;
  for (let thread: usize = 0; thread < sumThreads; thread++) sum += load<i64>(at + thread * sumBytes);
  return sum;
}
