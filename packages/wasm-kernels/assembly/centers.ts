import { columns } from './points';
import { F32, F64, VECTOR } from './simd';
import { centerScale, isQuantized, keyScale, readTuning } from './tuning';

// The centroids in the forms that keys are computed from.

/** K */
export let clusters: usize = 0;
/** K x D doubles, relative to the points' shift. */
export let centers: usize = 0;
/** Panels of four centers, padded with centers that are never the nearest: pairs of int16 or single floats, lane by lane. */
export let panels: usize = 0;
/** Quantized only: the centers row by row, each padded to whole vectors. */
export let centerWords: usize = 0;
/** Quantized only: |c|^2 / 2 as keys, four per panel. */
export let biases: usize = 0;
/** K doubles: the length of the difference between a center and its quantized form. */
export let centerErrors: usize = 0;

// @ts-ignore: decorator
@inline
export function panelCount(): usize {
  return (clusters + 3) >> 2;
}

// @ts-ignore: decorator
@inline
export function panelBytes(): usize {
  return (isQuantized ? (columns + 1) >> 1 : columns) * VECTOR;
}

/** Bytes of one center in `centerWords`. */
// @ts-ignore: decorator
@inline
export function wordBytes(): usize {
  return ((columns + 7) & ~7) * 2;
}

/** Packs the centers of panels `first <= p < first + count`. */
export function packPanels(first: usize, count: usize): void {
  readTuning();
  const bytes = panelBytes();
  // The last of an odd number of columns has a neighbor that must be 0.
  memory.fill(panels + first * bytes, 0, count * bytes);
  for (let k = first * 4; k < (first + count) * 4; k++) {
    const panel = panels + (k >> 2) * bytes + (k & 3) * F32;
    const center = k < clusters ? centers + k * columns * F64 : 0;
    if (isQuantized) {
      const words = k < clusters ? centerWords + k * wordBytes() : 0;
      packWords(center, panel, words, biases + k * F32, centerErrors + k * F64);
    } else {
      packFloats(center, panel);
    }
  }
}

/**
 * Writes a center (D doubles) into a lane of a panel of floats. Where the address is 0, writes padding that is farther than
 * any center: its square is infinite.
 */
export function packFloats(center: usize, to: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    store<f32>(to + j * VECTOR, center === 0 ? f32.MAX_VALUE : <f32>load<f64>(center + j * F64));
  }
}

/**
 * Writes a center into a lane of a panel of int16, with its bias and its rounding error, and, unless `words` is 0, also as a
 * separate row. Where the address of the center is 0, writes a bias that is greater than any key.
 */
export function packWords(center: usize, to: usize, words: usize, bias: usize, error: usize): void {
  if (center === 0) {
    for (let j: usize = 0; j < columns; j++) store<i16>(to + (j >> 1) * VECTOR + (j & 1) * 2, 0);
    store<i32>(bias, i32.MAX_VALUE);
    return;
  }
  let square: f64 = 0;
  let lost: f64 = 0;
  for (let j: usize = 0; j < columns; j++) {
    const value = load<f64>(center + j * F64);
    const word = nearest(value * centerScale);
    store<i16>(to + (j >> 1) * VECTOR + (j & 1) * 2, <i16>word);
    if (words !== 0) store<i16>(words + 2 * j, <i16>word);
    square += value * value;
    const difference = value - word / centerScale;
    lost += difference * difference;
  }
  store<i32>(bias, <i32>nearest(0.5 * square * keyScale));
  store<f64>(error, sqrt(lost));
}
