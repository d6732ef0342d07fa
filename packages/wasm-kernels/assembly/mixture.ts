import { F32, F64, VECTOR, addToDoubles, sumLanes } from './simd';
import { TILE_ROWS, floatRows, labels, stride, weightOf } from './points';
import { scatterDiagonal, scatterTriangle, squaredFormDiagonal, squaredFormTriangle } from './covariance';

/** Bytes of one float or double for each row of a tile. */
const FLOAT_LINE: usize = TILE_ROWS * F32;
const DOUBLE_LINE: usize = TILE_ROWS * F64;

/** Weighted sum of the log-likelihoods of the last tile. */
export let logLikelihood: f64 = 0;

/** K */
export let components: usize = 0;
/** Whether factors are triangular panels, else one float per column; see covariance.ts. */
export let isTriangular: bool = false;
/** What an element of the points is multiplied by. */
export let scale: f32 = 1;
/** stride floats, subtracted from the points, so that float32 carries parameters wherever the data lies. */
export let origin: usize = 0;
/** K x stride floats, relative to the origin. */
export let means: usize = 0;
/** Precision factors, `factorBytes` apart; 0 shares one among all components. */
export let factors: usize = 0;
export let factorBytes: usize = 0;
/** K doubles: log weight + log |precision|^(1/2) - D/2 log 2 pi. */
export let logConstants: usize = 0;
/** K x 64 floats. */
export let responsibilities: usize = 0;
/** K doubles, added to. */
export let counts: usize = 0;
/** K x stride doubles, added to. */
export let firstMoments: usize = 0;
/** Doubles of the second moments, added to, `secondMomentBytes` apart; 0 sums over all components. */
export let secondMoments: usize = 0;
export let secondMomentBytes: usize = 0;
/** One float per point. */
export let logLikelihoods: usize = 0;
/** Tiles of stride x 64 floats: the points, their differences from a mean, and these times responsibilities. */
export let tile: usize = 0;
export let differences: usize = 0;
export let shares: usize = 0;
/** K x 64 doubles. */
export let logDensities: usize = 0;
/** 64 doubles: log p(x). */
export let evidence: usize = 0;

/**
 * Loads a tile of rows, transposed (stride x 64) so that SIMD lanes are points, relative to the origin.
 * Past the last row it repeats that row.
 */
export function prepareTile(start: usize, rows: usize): void {
  const rowBytes = stride * F32;
  const points = floatRows(start, rows);
  for (let row: usize = 0; row < TILE_ROWS; row++) {
    const point = points + min(row, rows - 1) * rowBytes;
    let to = tile + row * F32;
    for (let at: usize = 0; at < rowBytes; at += F32) {
      store<f32>(to, load<f32>(point + at) * scale - load<f32>(origin + at));
      to += FLOAT_LINE;
    }
  }
}

/**
 * The E-step on a tile: responsibilities and log p(x) of its rows, by log-sum-exp in doubles.
 * Leaves `logLikelihood`.
 */
export function estimateTile(start: usize, rows: usize): void {
  prepareTile(start, rows);
  for (let k: usize = 0; k < components; k++) {
    subtractMean(k);
    // The squared forms lie in the component's line of responsibilities, until these replace them.
    const forms = responsibilities + k * FLOAT_LINE;
    const factor = factors + k * factorBytes;
    if (isTriangular) squaredFormTriangle(differences, factor, forms);
    else squaredFormDiagonal(differences, factor, forms);
    const constant = load<f64>(logConstants + k * F64);
    const densities = logDensities + k * DOUBLE_LINE;
    for (let row: usize = 0; row < rows; row++) {
      const form = <f64>load<f32>(forms + row * F32);
      store<f64>(densities + row * F64, constant - 0.5 * form);
    }
  }
  logLikelihood = 0;
  for (let row: usize = 0; row < rows; row++) {
    const density = logSumExp(row);
    store<f64>(evidence + row * F64, density);
    logLikelihood += <f64>weightOf(start + row) * density;
  }
}

/** log p(x) of a row of the tile from its log-densities, which it turns into responsibilities. */
function logSumExp(row: usize): f64 {
  const column = logDensities + row * F64;
  let highest = -Infinity;
  for (let k: usize = 0; k < components; k++) highest = max(highest, load<f64>(column + k * DOUBLE_LINE));
  let sum: f64 = 0;
  for (let k: usize = 0; k < components; k++) {
    const at = column + k * DOUBLE_LINE;
    const share = Math.exp(load<f64>(at) - highest);
    store<f64>(at, share);
    sum += share;
  }
  for (let k: usize = 0; k < components; k++) {
    const share = load<f64>(column + k * DOUBLE_LINE) / sum;
    store<f32>(responsibilities + k * FLOAT_LINE + row * F32, <f32>share);
  }
  return highest + Math.log(sum);
}

/** The E-step on a tile, recording the most responsible component and the log-likelihood of its rows. */
export function evaluateTile(start: usize, rows: usize): void {
  estimateTile(start, rows);
  for (let row: usize = 0; row < rows; row++) {
    let label: usize = 0;
    let highest: f64 = -1;
    for (let k: usize = 0; k < components; k++) {
      // exp(log-density - highest), from the log-sum-exp: the winner's is exactly 1.
      const share = load<f64>(logDensities + k * DOUBLE_LINE + row * F64);
      if (share > highest) {
        highest = share;
        label = k;
      }
    }
    store<u32>(labels + (start + row) * F32, <u32>label);
    store<f32>(logLikelihoods + (start + row) * F32, <f32>load<f64>(evidence + row * F64));
  }
}

/**
 * Adds the prepared tile to the sufficient statistics about the means, from its responsibilities
 * times the sample weights. Sums within the tile are floats, across tiles doubles.
 */
export function accumulateTile(start: usize, rows: usize): void {
  for (let k: usize = 0; k < components; k++) {
    const line = responsibilities + k * FLOAT_LINE;
    let total: f64 = 0;
    for (let row: usize = 0; row < TILE_ROWS; row++) {
      const at = line + row * F32;
      const share: f32 = row < rows ? load<f32>(at) * weightOf(start + row) : 0;
      store<f32>(at, share);
      total += <f64>share;
    }
    if (total === 0) continue;
    store<f64>(counts + k * F64, load<f64>(counts + k * F64) + total);
    subtractMean(k);
    scaleDifferences(line);
    addFirstMoments(firstMoments + k * stride * F64);
    const moments = secondMoments + k * secondMomentBytes;
    if (isTriangular) scatterTriangle(shares, differences, moments);
    else scatterDiagonal(shares, differences, moments);
  }
}

/** differences = tile - mean of component k */
function subtractMean(k: usize): void {
  let mean = means + k * stride * F32;
  const end = stride * FLOAT_LINE;
  for (let line: usize = 0; line < end; line += FLOAT_LINE) {
    const value = v128.load32_splat(mean);
    for (let at = line; at < line + FLOAT_LINE; at += VECTOR) {
      v128.store(differences + at, f32x4.sub(v128.load(tile + at), value));
    }
    mean += F32;
  }
}

/** shares = differences x responsibility of each row */
function scaleDifferences(line: usize): void {
  const end = stride * FLOAT_LINE;
  for (let at: usize = 0; at < end; at += VECTOR) {
    const responsibility = v128.load(line + (at & (FLOAT_LINE - 1)));
    v128.store(shares + at, f32x4.mul(v128.load(differences + at), responsibility));
  }
}

/** Adds the sums of the shares' lines, one per column. */
function addFirstMoments(to: usize): void {
  for (let j: usize = 0; j < stride; j += 4) {
    const line = shares + j * FLOAT_LINE;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let at: usize = 0; at < FLOAT_LINE; at += VECTOR) {
      sum0 = f32x4.add(sum0, v128.load(line + at));
      sum1 = f32x4.add(sum1, v128.load(line + FLOAT_LINE + at));
      sum2 = f32x4.add(sum2, v128.load(line + 2 * FLOAT_LINE + at));
      sum3 = f32x4.add(sum3, v128.load(line + 3 * FLOAT_LINE + at));
    }
    addToDoubles(to + j * F64, sumLanes(sum0, sum1, sum2, sum3));
  }
}
