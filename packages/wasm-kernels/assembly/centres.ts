import { columns } from './points';
import { F32, F64, VECTOR } from './simd';
import { centreScale, isQuantised, keyScale, readTuning } from './tuning';

// The centroids in the forms that the keys are made from.

/** K */
export let clusters: usize = 0;
/** K x D doubles, relative to the points' shift. */
export let centres: usize = 0;
/** Panels of four centres, padded with unreachable ones: pairs of int16 or single floats, lane by lane. */
export let panels: usize = 0;
/** Quantised only: the centres row by row, each padded to whole vectors. */
export let centreWords: usize = 0;
/** Quantised only: |c|^2 / 2 as keys, four per panel. */
export let biases: usize = 0;
/** K doubles: the length that quantisation takes off or adds to a centre. */
export let centreErrors: usize = 0;

// @ts-ignore: decorator
@inline
export function panelCount(): usize {
  return (clusters + 3) >> 2;
}

// @ts-ignore: decorator
@inline
export function panelBytes(): usize {
  return (isQuantised ? (columns + 1) >> 1 : columns) * VECTOR;
}

/** Bytes of one centre in `centreWords`. */
// @ts-ignore: decorator
@inline
export function wordBytes(): usize {
  return ((columns + 7) & ~7) * 2;
}

/** Lays the centres of panels `first <= p < first + count` out. */
export function packPanels(first: usize, count: usize): void {
  readTuning();
  const bytes = panelBytes();
  memory.fill(panels + first * bytes, 0, count * bytes);
  for (let p = first; p < first + count; p++) {
    const panel = panels + p * bytes;
    for (let lane: usize = 0; lane < 4; lane++) {
      const k = p * 4 + lane;
      if (!isQuantised) packFloats(k, panel + lane * F32);
      else if (k < clusters) packWords(k, panel + lane * F32);
      else store<i32>(biases + k * F32, i32.MAX_VALUE);
    }
  }
}

function packFloats(k: usize, to: usize): void {
  const centre = centres + k * columns * F64;
  for (let j: usize = 0; j < columns; j++) {
    // The square of what stands for no centre is infinite, and so farther than any.
    const value: f32 = k < clusters ? <f32>load<f64>(centre + j * F64) : f32.MAX_VALUE;
    store<f32>(to + j * VECTOR, value);
  }
}

function packWords(k: usize, to: usize): void {
  const centre = centres + k * columns * F64;
  const words = centreWords + k * wordBytes();
  let square: f64 = 0;
  let lost: f64 = 0;
  for (let j: usize = 0; j < columns; j++) {
    const value = load<f64>(centre + j * F64);
    const word = nearest(value * centreScale);
    store<i16>(to + (j >> 1) * VECTOR + (j & 1) * 2, <i16>word);
    store<i16>(words + 2 * j, <i16>word);
    square += value * value;
    const difference = value - word / centreScale;
    lost += difference * difference;
  }
  store<i32>(biases + k * F32, <i32>nearest(0.5 * square * keyScale));
  store<f64>(centreErrors + k * F64, sqrt(lost));
}
