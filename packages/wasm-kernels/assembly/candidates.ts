import { centers, packFloats, packWords } from './centers';
import { floatKey, floatKeys, keyBytes, keys, pairAll, prepared, preparedBytes, quantize, quantizedKeys } from './keys';
import { columns, loadRow, norms } from './points';
import { DOWN, F32, F64, UP, VECTOR } from './simd';
import { absoluteError, errorConstant, errorPerSquare, isQuantized, readTuning, relativeError, squarePerKey } from './tuning';

// Up to 64 points or centroids that rows are compared with by direct differences in float32: exactly 0 between equal
// rows, as seeding needs it.

/** The most candidates at a time. */
export const CANDIDATES: usize = 64;

/** 64 x D doubles, relative to the shift, which the host writes. */
export let candidates: usize = 0;
/** Their panels of floats and, where rows are quantized, of int16 with biases and errors; see centers.ts. */
export let candidatePanels: usize = 0;
export let candidateWords: usize = 0;
export let candidateBiases: usize = 0;
export let candidateErrors: usize = 0;
/** D floats, with room for one more vector: a row. */
export let candidateRow: usize = 0;

/** Stores centroid k as the candidate at `index`. */
export function loadCenter(index: usize, k: usize): void {
  memory.copy(candidates + index * columns * F64, centers + k * columns * F64, columns * F64);
}

/** Packs the first `count` candidates into panels, and fills the last panel with padding. */
export function packCandidates(count: usize): void {
  readTuning();
  const wordPanel = ((columns + 1) >> 1) * VECTOR;
  for (let c: usize = 0; c < ((count + 3) & ~3); c++) {
    const candidate = c < count ? candidates + c * columns * F64 : 0;
    const lane = (c & 3) * F32;
    packFloats(candidate, candidatePanels + (c >> 2) * columns * VECTOR + lane);
    if (!isQuantized) continue;
    const to = candidateWords + (c >> 2) * wordPanel + lane;
    packWords(candidate, to, 0, candidateBiases + c * F32, candidateErrors + c * F64);
  }
}

/** Squared distances of a batch of rows to the first `count` candidates, as `keys`. */
export function compareAll(first: usize, batch: usize, count: usize): void {
  for (let i: usize = 0; i < batch; i++) loadRow(first + i, prepared + i * preparedBytes);
  pairAll(batch);
  floatKeys(batch, candidatePanels, 0, (count + 3) >> 2);
}

/**
 * The same, but a distance may be infinite where int16 keys prove that it is not below the row's limit. That proof is four
 * times cheaper than the distance, and most candidates are farther from most rows than their nearest seeds.
 *
 * @param limits squared distances, one float per row
 */
export function compareNearer(first: usize, batch: usize, count: usize, limits: usize): void {
  if (!isQuantized) {
    compareAll(first, batch, count);
    return;
  }
  const panelCount = (count + 3) >> 2;
  for (let i: usize = 0; i < batch; i++) quantize(first + i, prepared + i * preparedBytes);
  pairAll(batch);
  quantizedKeys(batch, candidateWords, candidateBiases, 0, panelCount);
  for (let i: usize = 0; i < batch; i++) refine(first + i, keys + i * keyBytes, panelCount, limits);
}

/** Replaces a row's int16 keys by squared distances. */
function refine(row: usize, from: usize, panelCount: usize, limits: usize): void {
  // A distance this large is not below the limit in float32 either.
  const reach = Math.sqrt(<f64>load<f32>(limits + row * F32)) * (1 + relativeError) + absoluteError;
  const norm = <f64>load<f32>(norms + row * F32);
  const error = errorConstant + errorPerSquare * norm;
  const most = (reach * reach - norm * DOWN) / squarePerKey + error;
  const limit = i32x4.splat(most < <f64>i32.MAX_VALUE ? <i32>most : i32.MAX_VALUE);
  let isLoaded = false;
  for (let p: usize = 0; p < panelCount; p++) {
    const at = from + p * VECTOR;
    if (!v128.any_true(i32x4.le_s(v128.load(at), limit))) {
      v128.store(at, f32x4.splat(Infinity));
      continue;
    }
    if (!isLoaded) loadRow(row, candidateRow);
    isLoaded = true;
    v128.store(at, floatKey(candidateRow, candidatePanels + p * columns * VECTOR));
  }
}
