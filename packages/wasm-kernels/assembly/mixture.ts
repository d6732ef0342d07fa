import { squaredFormDiagonal, squaredFormTriangle } from './covariance';
import { pcg } from './hash';
import { chunkRows, labels, labelOf, rows, weightOf } from './points';
import { F32, F64 } from './simd';
import { TILE_ROWS, loadTile, stride, subtractFromTile, tile } from './tile';
import { exponential, logarithm } from './transcendental';

/** Bytes of one float or double for each row of a tile. */
const FLOAT_LINE: usize = TILE_ROWS * F32;
const DOUBLE_LINE: usize = TILE_ROWS * F64;

/** K */
export let components: usize = 0;
/** Whether factors are triangular panels, else one float per column; see covariance.ts. */
export let isTriangular: bool = false;
/** K x stride floats, relative to the shift. */
export let means: usize = 0;
/** Precision factors, `factorBytes` apart; 0 means that all components share one. */
export let factors: usize = 0;
export let factorBytes: usize = 0;
/** K doubles: log weight + log |precision|^(1/2) - D/2 log 2 pi. */
export let logConstants: usize = 0;
/** One float per point. */
export let logLikelihoods: usize = 0;
/** Per chunk a double: weighted sum of its points' log-likelihoods. */
export let chunkLikelihood: usize = 0;
/** Rows x K floats: a table of responsibilities. */
export let responsibilityTable: usize = 0;

/** K x 64 floats. */
export let responsibilities: usize = 0;
/** Stride x 64 floats: the tile's differences from a mean. */
export let differences: usize = 0;
/** K x 64 doubles. */
export let logDensities: usize = 0;
/** 64 doubles: log p(x). */
export let evidence: usize = 0;

/** The E-step on a tile: responsibilities and log p(x) of its points, by log-sum-exp in doubles. */
export function estimateTile(start: usize, count: usize): void {
  loadTile(start, count);
  for (let k: usize = 0; k < components; k++) {
    // The squared forms are kept in the component's line of responsibilities until these replace them.
    const forms = responsibilities + k * FLOAT_LINE;
    const factor = factors + k * factorBytes;
    const mean = means + k * stride * F32;
    if (isTriangular) {
      subtractFromTile(mean, differences);
      squaredFormTriangle(differences, factor, forms);
    } else {
      squaredFormDiagonal(tile, mean, factor, forms);
    }
    const constant = f64x2.splat(load<f64>(logConstants + k * F64));
    const half = f64x2.splat(-0.5);
    const densities = logDensities + k * DOUBLE_LINE;
    for (let i: usize = 0; i < TILE_ROWS; i += 2) {
      const form = f64x2.promote_low_f32x4(v128.load64_zero(forms + i * F32));
      v128.store(densities + i * F64, f64x2.add(constant, f64x2.mul(half, form)));
    }
  }
  for (let i: usize = 0; i < TILE_ROWS; i += 2) logSumExp(i);
}

/**
 * log p(x) of two points of the tile from their log-densities, which are replaced by densities relative to the greatest one.
 */
function logSumExp(i: usize): void {
  const column = logDensities + i * F64;
  const end = column + components * DOUBLE_LINE;
  let highest = v128.load(column);
  for (let at = column + DOUBLE_LINE; at < end; at += DOUBLE_LINE) {
    highest = f64x2.pmax(highest, v128.load(at));
  }
  let sum = f64x2.splat(0);
  for (let at = column; at < end; at += DOUBLE_LINE) {
    const share = exponential(f64x2.sub(v128.load(at), highest));
    v128.store(at, share);
    sum = f64x2.add(sum, share);
  }
  const reciprocal = f64x2.div(f64x2.splat(1), sum);
  let to = responsibilities + i * F32;
  for (let at = column; at < end; at += DOUBLE_LINE) {
    const share = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(at), reciprocal));
    v128.store64_lane(to, share, 0);
    to += FLOAT_LINE;
  }
  v128.store(evidence + i * F64, f64x2.add(highest, logarithm(sum)));
}

/** Weighted sum of the log-likelihoods of the first `count` points of the tile. */
export function likelihoodOfTile(start: usize, count: usize): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < count; i++) {
    sum += <f64>weightOf(start + i) * load<f64>(evidence + i * F64);
  }
  return sum;
}

/** The E-step on a chunk: records the most responsible component and the log-likelihood of each point. */
export function evaluateChunk(chunk: usize): void {
  let likelihood: f64 = 0;
  const end = min(rows, (chunk + 1) * chunkRows);
  for (let start = chunk * chunkRows; start < end; start += TILE_ROWS) {
    const count = min(TILE_ROWS, end - start);
    estimateTile(start, count);
    likelihood += likelihoodOfTile(start, count);
    for (let i: usize = 0; i < count; i++) {
      let label: usize = 0;
      let highest: f64 = -1;
      for (let k: usize = 0; k < components; k++) {
        const share = load<f64>(logDensities + k * DOUBLE_LINE + i * F64);
        if (share > highest) {
          highest = share;
          label = k;
        }
      }
      store<u32>(labels + (start + i) * F32, <u32>label);
      store<f32>(logLikelihoods + (start + i) * F32, <f32>load<f64>(evidence + i * F64));
    }
  }
  store<f64>(chunkLikelihood + chunk * F64, likelihood);
}

/** Responsibilities of one tile of the points `first <= i < end`, as rows of K floats of the table. */
export function tabulateTile(index: usize, first: usize, end: usize): void {
  const start = first + index * TILE_ROWS;
  const count = min(TILE_ROWS, end - start);
  estimateTile(start, count);
  store<f64>(chunkLikelihood + index * F64, likelihoodOfTile(start, count));
  for (let i: usize = 0; i < count; i++) {
    const to = responsibilityTable + (start - first + i) * components * F32;
    for (let k: usize = 0; k < components; k++) {
      store<f32>(to + k * F32, load<f32>(responsibilities + k * FLOAT_LINE + i * F32));
    }
  }
}

/** Responsibilities from labels: each point belongs wholly to its label's component, or to no component. */
export function belongToLabels(start: usize, count: usize): void {
  loadTile(start, count);
  memory.fill(responsibilities, 0, components * FLOAT_LINE);
  for (let i: usize = 0; i < count; i++) {
    const label = labelOf(start + i);
    if (label < components) store<f32>(responsibilities + label * FLOAT_LINE + i * F32, 1);
  }
}

/** Random responsibilities: hashes of the point and the component, divided by their sum. */
export function drawResponsibilities(start: usize, count: usize, seed: u32, firstRow: u32): void {
  loadTile(start, count);
  const hashed = pcg(seed);
  for (let i: usize = 0; i < count; i++) {
    const to = responsibilities + i * F32;
    const first = (firstRow + <u32>(start + i)) * <u32>components;
    let sum: f64 = 0;
    for (let k: usize = 0; k < components; k++) sum += uniform(hashed, first + <u32>k);
    for (let k: usize = 0; k < components; k++) {
      store<f32>(to + k * FLOAT_LINE, <f32>(uniform(hashed, first + <u32>k) / sum));
    }
  }
}

/** hash32 of core's random.ts, in (0, 1). */
// @ts-ignore: decorator
@inline
function uniform(hashedSeed: u32, index: u32): f64 {
  return (<f64>pcg(hashedSeed + index) + 0.5) / 4294967296.0;
}
