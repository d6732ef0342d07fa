import {
  groupPanels,
  groups,
  loosen,
  lowerLower,
  setLower,
  setUpper,
  tighten,
} from './bounds';
import { biases, centers, centerWords, clusters, panelBytes, panelCount, panels, wordBytes } from './centers';
import { addRow, removeRow } from './fixed-sums';
import {
  BATCH_ROWS,
  floatKey,
  floatKeys,
  keyBytes,
  keys,
  pairing,
  prepared,
  preparedBytes,
  quantize,
  quantizedKeys,
  quantizedProduct,
} from './keys';
import { chunkRows, columns, exactSquared, labelOf, labels, loadRow, norms, rows } from './points';
import { DOWN, F32, F64, UP, VECTOR } from './simd';
import {
  absoluteError,
  areBoundsValid,
  contestConstant,
  contestFactor,
  errorConstant,
  errorPerSquare,
  boundUnit,
  isQuantized,
  readTuning,
  relativeError,
  renewsBounds,
  squarePerKey,
} from './tuning';

// Assignment fused with the update of the sums, in one pass over the points. Labels are the ones that float64 distances
// give: keys leave few centers that can be nearest, mostly one, and exactSquared decides among these. So labels depend
// neither on the kind of key nor on which comparisons the bounds (bounds.ts) saved.
//
// A batch collects the rows whose label the bounds do not settle. Each group of centers is then compared only with those
// rows of the batch for which it is in doubt. It is compared in whole panels of centers, so that the comparisons that remain
// are as fast as without bounds.

/** A label that no cluster has: the point was not assigned yet. */
const UNASSIGNED: usize = 0xffffffff;
const ALL_GROUPS: u64 = u64.MAX_VALUE;

/**
 * One u32 per chunk: how many labels changed, how many rows needed float64 distances, and how many times a row was compared
 * with a group.
 */
export let changedRows: usize = 0;
export let closeRows: usize = 0;
export let comparedGroups: usize = 0;

/** For each of 32 rows in the batch: its number, its own centroid's key, and the groups in doubt. */
export let batchRows: usize = 0;
export let batchOwnKeys: usize = 0;
export let batchGroups: usize = 0;
/** The smallest key of each group, padded to whole vectors. */
export let leastKeys: usize = 0;
/** A vector. */
export let lanes: usize = 0;

let changed: u32 = 0;
let close: u32 = 0;
let compared: u32 = 0;

/** Assigns one chunk of rows. */
export function assignChunk(chunk: usize): void {
  readTuning();
  const start = chunk * chunkRows;
  const end = min(rows, start + chunkRows);
  changed = 0;
  close = 0;
  compared = 0;
  let filled: usize = 0;
  for (let row = start; row < end; row++) {
    let inDoubt = ALL_GROUPS;
    if (areBoundsValid) {
      inDoubt = loosen(row);
      if (inDoubt === 0) continue;
    }
    const x = prepared + filled * preparedBytes;
    if (isQuantized) quantize(row, x);
    else loadRow(row, x);
    if (areBoundsValid) {
      const key = ownKey(row, x);
      inDoubt = tighten(row, atMost(key, row, keyError(row)));
      if (inDoubt === 0) continue;
      store<i32>(batchOwnKeys + filled * F32, key);
    }
    store<u64>(batchGroups + filled * F64, inDoubt);
    store<u32>(batchRows + filled * F32, <u32>row);
    if (++filled < BATCH_ROWS) continue;
    settleBatch(filled);
    filled = 0;
  }
  if (filled > 0) settleBatch(filled);
  store<u32>(changedRows + chunk * F32, changed);
  store<u32>(closeRows + chunk * F32, close);
  store<u32>(comparedGroups + chunk * F32, compared);
}

/** The key of a prepared row and its own centroid: the same key as a comparison with its whole panel gives. */
function ownKey(row: usize, x: usize): i32 {
  const own = labelOf(row);
  if (isQuantized) {
    return load<i32>(biases + own * F32) - quantizedProduct(x, centerWords + own * wordBytes());
  }
  v128.store(lanes, floatKey(x, panels + (own >> 2) * panelBytes()));
  return load<i32>(lanes + (own & 3) * F32);
}

/** Compares every group with the rows for which it is in doubt, then decides these rows' labels. */
function settleBatch(count: usize): void {
  let group: usize = 0;
  while (group < groups) {
    const first = group * groupPanels;
    const paired = pairUp(count, group);
    let last = group++;
    // Neighboring groups that are in doubt for every row are compared together.
    if (paired === count) while (group < groups && isDoubtedByAll(count, group)) last = group++;
    if (isQuantized) quantizedKeys(paired, panels, biases, first, endOf(last));
    else floatKeys(paired, panels, first, endOf(last));
  }
  for (let i: usize = 0; i < count; i++) conclude(i);
}

/** Lists the rows of the batch for which a group is in doubt. */
function pairUp(count: usize, group: usize): usize {
  let paired: usize = 0;
  for (let i: usize = 0; i < count; i++) {
    store<u8>(pairing + paired, <u8>i);
    paired += <usize>((load<u64>(batchGroups + i * F64) >> group) & 1);
  }
  compared += <u32>paired;
  return paired;
}

function isDoubtedByAll(count: usize, group: usize): bool {
  let all: u64 = ALL_GROUPS;
  for (let i: usize = 0; i < count; i++) all &= load<u64>(batchGroups + i * F64);
  if (!has(all, group)) return false;
  compared += <u32>count;
  return true;
}

/** Finds the smallest key of each group in doubt; other groups get a key greater than any. */
function reduceGroups(from: usize, inDoubt: u64): void {
  const last = from + panelCount() * VECTOR;
  const bytes = groupPanels * VECTOR;
  for (let group: usize = 0; group < groups; group += 4) {
    const four = <i32>((inDoubt >> group) & 15);
    const first = from + group * bytes;
    const a = leastOf(first, min(last, first + bytes));
    const b = leastOf(first + bytes, min(last, first + 2 * bytes));
    const c = leastOf(first + 2 * bytes, min(last, first + 3 * bytes));
    const d = leastOf(first + 3 * bytes, min(last, first + 4 * bytes));
    const ab = i32x4.min_s(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7));
    const cd = i32x4.min_s(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7));
    const even = v128.shuffle<i32>(ab, cd, 0, 2, 4, 6);
    const odd = v128.shuffle<i32>(ab, cd, 1, 3, 5, 7);
    const least = v128.bitselect(i32x4.min_s(even, odd), i32x4.splat(i32.MAX_VALUE), lanesOf(four));
    v128.store(leastKeys + group * F32, least);
  }
}

// @ts-ignore: decorator
@inline
function leastOf(from: usize, end: usize): v128 {
  let least = i32x4.splat(i32.MAX_VALUE);
  for (; from < end; from += VECTOR) least = i32x4.min_s(least, v128.load(from));
  return least;
}

/** Decides a row's label among its groups in doubt, moves the row between sums, and renews its bounds. */
function conclude(i: usize): void {
  const row = <usize>load<u32>(batchRows + i * F32);
  const from = keys + i * keyBytes;
  const inDoubt = load<u64>(batchGroups + i * F64);
  const own = labelOf(row);
  // Where its group is not in doubt, the row's own centroid competes by its key alone.
  const isAlone = inDoubt !== ALL_GROUPS && !has(inDoubt, groupOf(own));
  const ownKey = load<i32>(batchOwnKeys + i * F32);
  const error = keyError(row);
  reduceGroups(from, inDoubt);
  let best = leastOfAll();
  if (isAlone) best = min(best, ownKey);
  const limit = contest(best, error);
  const ownContends = isAlone && ownKey <= limit;
  let contenders: u32 = ownContends ? 1 : 0;
  let label = own;
  for (let group: usize = 0; group < groups; group += 4) {
    let hits = i32x4.bitmask(i32x4.le_s(v128.load(leastKeys + group * F32), i32x4.splat(limit)));
    for (; hits !== 0; hits &= hits - 1) {
      const hit = group + <usize>ctz(hits);
      const end = endOf(hit);
      for (let p = hit * groupPanels; p < end; p++) {
        const mask = i32x4.bitmask(i32x4.le_s(v128.load(from + p * VECTOR), i32x4.splat(limit)));
        if (mask === 0) continue;
        contenders += popcnt(mask);
        label = p * 4 + <usize>ctz(mask);
      }
    }
  }
  if (contenders > 1) {
    close++;
    label = nearestOf(row, from, inDoubt, limit, ownContends);
  }
  move(row, label);
  if (renewsBounds) renewBounds(row, from, inDoubt, label, best, error);
  if (isAlone && label !== own) lowerLower(row, groupOf(own), atLeast(ownKey, row, error));
}

// @ts-ignore: decorator
@inline
function leastOfAll(): i32 {
  let least = i32x4.splat(i32.MAX_VALUE);
  for (let group: usize = 0; group < groups; group += 4) {
    least = i32x4.min_s(least, v128.load(leastKeys + group * F32));
  }
  least = i32x4.min_s(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1));
  return min(i32x4.extract_lane(least, 0), i32x4.extract_lane(least, 1));
}

/** Bounds of a row from its least keys. */
function renewBounds(row: usize, from: usize, inDoubt: u64, label: usize, best: i32, error: f64): void {
  const ofLabel = groupOf(label);
  const unreachable = i32x4.splat(i32.MAX_VALUE);
  const unit = f32x4.splat(<f32>(boundUnit * DOWN));
  for (let group: usize = 0; group < groups; group += 4) {
    const four = <i32>((inDoubt >> group) & 15);
    if (four === 0) continue;
    let key = v128.load(leastKeys + group * F32);
    if (ofLabel - group < 4) {
      key = v128.bitselect(leastBut(from, label), key, lanesOf(1 << <i32>(ofLabel - group)));
    }
    const units = i32x4.trunc_sat_f32x4_s(f32x4.mul(atLeastFour(key, row, error), unit));
    // Where the group has no other center, the bound is the greatest possible.
    const lower = v128.bitselect(i32x4.splat(0xffff), units, i32x4.eq(key, unreachable));
    setLower(row, group, lanesOf(four), lower);
  }
  setUpper(row, atMost(best, row, error));
}

/** The smallest key of a center's group without that center, in all lanes. */
function leastBut(from: usize, label: usize): v128 {
  const group = groupOf(label);
  const end = endOf(group);
  const own = lanesOf(1 << <i32>(label & 3));
  let least = i32x4.splat(i32.MAX_VALUE);
  for (let p = group * groupPanels; p < end; p++) {
    let key = v128.load(from + p * VECTOR);
    if (p === label >> 2) key = v128.bitselect(i32x4.splat(i32.MAX_VALUE), key, own);
    least = i32x4.min_s(least, key);
  }
  least = i32x4.min_s(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1));
  return i32x4.min_s(least, v128.shuffle<i32>(least, least, 1, 0, 3, 2));
}

/** All ones in the lanes whose bits are set. */
// @ts-ignore: decorator
@inline
function lanesOf(bits: i32): v128 {
  return i32x4.ne(v128.and(i32x4.splat(bits), i32x4(1, 2, 4, 8)), i32x4.splat(0));
}

/** The panel after a group's last. */
// @ts-ignore: decorator
@inline
function endOf(group: usize): usize {
  return min(panelCount(), (group + 1) * groupPanels);
}

// @ts-ignore: decorator
@inline
function groupOf(label: usize): usize {
  return (label >> 2) / groupPanels;
}

// @ts-ignore: decorator
@inline
function has(inDoubt: u64, group: usize): bool {
  return ((inDoubt >> group) & 1) !== 0;
}

/** The nearest center by float64 distance (the first one of a tie) among those in doubt whose key is at most `limit`. */
function nearestOf(row: usize, from: usize, inDoubt: u64, limit: i32, withOwn: bool): usize {
  const own = labelOf(row);
  let least: f64 = withOwn ? exactSquared(row, centers + own * columns * F64) : Infinity;
  let label = withOwn ? own : UNASSIGNED;
  const limits = i32x4.splat(limit);
  for (let group: usize = 0; group < groups; group++) {
    if (!has(inDoubt, group)) continue;
    const end = endOf(group);
    for (let p = group * groupPanels; p < end; p++) {
      let mask = i32x4.bitmask(i32x4.le_s(v128.load(from + p * VECTOR), limits));
      while (mask !== 0) {
        const k = p * 4 + <usize>ctz(mask);
        mask &= mask - 1;
        // The padding centers may lie within a limit that overflowed.
        if (k >= clusters) continue;
        const square = exactSquared(row, centers + k * columns * F64);
        if (square < least || (square === least && k < label)) {
          least = square;
          label = k;
        }
      }
    }
  }
  return label;
}

/** Gives a row its label and moves it from the sums of its old cluster to the new one's. */
function move(row: usize, label: usize): void {
  const old = labelOf(row);
  if (old === label) return;
  changed++;
  if (old !== UNASSIGNED) removeRow(row, old);
  addRow(row, label);
  store<u32>(labels + row * F32, <u32>label);
}

/** The greatest error of a quantized key of the row. */
// @ts-ignore: decorator
@inline
function keyError(row: usize): f64 {
  return isQuantized ? errorConstant + errorPerSquare * <f64>load<f32>(norms + row * F32) : 0;
}

/** The largest key that may still belong to a nearer center than the smallest key does. */
// @ts-ignore: decorator
@inline
function contest(key: i32, error: f64): i32 {
  if (!isQuantized) {
    return reinterpret<i32>(reinterpret<f32>(key) * contestFactor + contestConstant);
  }
  const limit = <f64>key + 2 * error + 1;
  return limit < <f64>i32.MAX_VALUE ? <i32>limit : i32.MAX_VALUE;
}

/** Upper bound on the distance that belongs to a key. */
// @ts-ignore: decorator
@inline
function atMost(key: i32, row: usize, error: f64): f64 {
  if (!isQuantized) return floatAtMost(key);
  const square = <f64>load<f32>(norms + row * F32) * UP + (<f64>key + error) * squarePerKey;
  return Math.sqrt(Math.max(0, square));
}

// @ts-ignore: decorator
@inline
function floatAtMost(key: i32): f64 {
  return Math.sqrt(<f64>reinterpret<f32>(key)) * (1 + relativeError) + absoluteError;
}

/** Lower bounds on the distances that belong to keys, as floats. */
// @ts-ignore: decorator
@inline
function atLeastFour(key: v128, row: usize, error: f64): v128 {
  const zero = f32x4.splat(0);
  if (!isQuantized) {
    const distance = f32x4.mul(f32x4.sqrt(key), f32x4.splat(<f32>((1 - relativeError) * DOWN)));
    return f32x4.max(zero, f32x4.sub(distance, f32x4.splat(<f32>(absoluteError * UP))));
  }
  const norm = <f64>load<f32>(norms + row * F32);
  const least = f32x4.splat(<f32>(norm * (2 * DOWN - 1) - error * squarePerKey));
  const square = f32x4.add(least, f32x4.mul(f32x4.convert_i32x4_s(key), f32x4.splat(<f32>squarePerKey)));
  return f32x4.sqrt(f32x4.mul(f32x4.max(zero, square), f32x4.splat(<f32>DOWN)));
}

function atLeast(key: i32, row: usize, error: f64): f64 {
  return <f64>f32x4.extract_lane(atLeastFour(i32x4.splat(key), row, error), 0);
}
