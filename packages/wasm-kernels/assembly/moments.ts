import { scatterDiagonal, scatterTriangle } from './covariance';
import {
  belongToLabels,
  components,
  differences,
  drawResponsibilities,
  estimateTile,
  isTriangular,
  likelihoodOfTile,
  means,
  responsibilities,
} from './mixture';
import { rows, weightOf, weights } from './points';
import { F32, F64, VECTOR, addToDoubles, promoteHigh, sumLanes } from './simd';
import { TILE_ROWS, stride, subtractFromTile, tile } from './tile';

// The sufficient statistics of an M-step. Rows are divided among slots, whose number does not depend on the number of
// threads. A call handles the next part of one slot, so that long passes can be aborted, and adds to that slot's sums.

/** Bytes of one float for each row of a tile. */
const LINE: usize = TILE_ROWS * F32;

/** Rows of a slot, and rows that one call handles. */
export let momentRows: usize = 0;
export let momentPart: usize = 0;
/**
 * Per slot, `momentBytes` apart, the running sums in doubles: the log-likelihood; K counts; K x stride first moments; then
 * second moments, `secondMomentBytes` apart (0 sums them over all components).
 */
export let moments: usize = 0;
export let momentBytes: usize = 0;
export let secondMomentBytes: usize = 0;
/** Stride x 64 floats: differences from a mean times responsibilities. */
export let shares: usize = 0;

/** Adds a part of a slot's points, with responsibilities from the current parameters. */
export function estimateMoments(slot: usize, part: usize): void {
  const end = partEnd(slot, part);
  let likelihood: f64 = 0;
  for (let start = partStart(slot, part); start < end; start += TILE_ROWS) {
    const count = min(TILE_ROWS, end - start);
    estimateTile(start, count);
    likelihood += likelihoodOfTile(start, count);
    accumulateTile(start, count, slot);
  }
  const at = moments + slot * momentBytes;
  store<f64>(at, load<f64>(at) + likelihood);
}

/** The same with responsibilities from labels. */
export function labeledMoments(slot: usize, part: usize): void {
  const end = partEnd(slot, part);
  for (let start = partStart(slot, part); start < end; start += TILE_ROWS) {
    const count = min(TILE_ROWS, end - start);
    belongToLabels(start, count);
    accumulateTile(start, count, slot);
  }
}

/** The same with random responsibilities, of rows that are counted from a first row on. */
export function randomMoments(slot: usize, part: usize, seed: u32, firstRow: u32): void {
  const end = partEnd(slot, part);
  for (let start = partStart(slot, part); start < end; start += TILE_ROWS) {
    const count = min(TILE_ROWS, end - start);
    drawResponsibilities(start, count, seed, firstRow);
    accumulateTile(start, count, slot);
  }
}

// @ts-ignore: decorator
@inline
function partStart(slot: usize, part: usize): usize {
  return slot * momentRows + part * momentPart;
}

// @ts-ignore: decorator
@inline
function partEnd(slot: usize, part: usize): usize {
  return min(rows, min((slot + 1) * momentRows, partStart(slot, part) + momentPart));
}

/**
 * Adds the loaded tile to the sufficient statistics about the means, from its responsibilities times the sample
 * weights. Sums within the tile are floats, across tiles doubles.
 */
function accumulateTile(start: usize, count: usize, slot: usize): void {
  const counts = moments + slot * momentBytes + F64;
  const first = counts + components * F64;
  const second = first + components * stride * F64;
  for (let k: usize = 0; k < components; k++) {
    const line = responsibilities + k * LINE;
    const total = weighLine(line, start, count);
    if (total === 0) continue;
    store<f64>(counts + k * F64, load<f64>(counts + k * F64) + total);
    const mean = means + k * stride * F32;
    const firstOf = first + k * stride * F64;
    const secondOf = second + k * secondMomentBytes;
    if (isTriangular) {
      subtractFromTile(mean, differences);
      scaleDifferences(line);
      addFirstMoments(firstOf);
      scatterTriangle(shares, differences, secondOf);
    } else {
      scatterDiagonal(tile, mean, line, firstOf, secondOf);
    }
  }
}

/** Multiplies responsibilities by sample weights, sets those beyond the last point to 0, and sums them up. */
function weighLine(line: usize, start: usize, count: usize): f64 {
  if (weights !== 0) {
    for (let i: usize = 0; i < count; i++) {
      const at = line + i * F32;
      store<f32>(at, load<f32>(at) * weightOf(start + i));
    }
  }
  memory.fill(line + count * F32, 0, (TILE_ROWS - count) * F32);
  let low = f64x2.splat(0);
  let high = low;
  for (let at = line; at < line + LINE; at += VECTOR) {
    const four = v128.load(at);
    low = f64x2.add(low, f64x2.promote_low_f32x4(four));
    high = f64x2.add(high, promoteHigh(four));
  }
  const two = f64x2.add(low, high);
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}

/** shares = differences x responsibility of each point */
function scaleDifferences(line: usize): void {
  const end = stride * LINE;
  for (let at: usize = 0; at < end; at += VECTOR) {
    const responsibility = v128.load(line + (at & (LINE - 1)));
    v128.store(shares + at, f32x4.mul(v128.load(differences + at), responsibility));
  }
}

/** Adds the sums of the shares' lines, one per column. */
function addFirstMoments(to: usize): void {
  for (let j: usize = 0; j < stride; j += 4) {
    const line = shares + j * LINE;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at: usize = 0; at < LINE; at += VECTOR) {
      sum0 = f32x4.add(sum0, v128.load(line + at));
      sum1 = f32x4.add(sum1, v128.load(line + at, LINE));
      sum2 = f32x4.add(sum2, v128.load(line + at, 2 * LINE));
      sum3 = f32x4.add(sum3, v128.load(line + at, 3 * LINE));
    }
    addToDoubles(to + j * F64, sumLanes(sum0, sum1, sum2, sum3));
  }
}
