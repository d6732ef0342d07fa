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
  // The last of an odd number of columns has a neighbour that must be 0.
  memory.fill(panels + first * bytes, 0, count * bytes);
  for (let k = first * 4; k < (first + count) * 4; k++) {
    const panel = panels + (k >> 2) * bytes + (k & 3) * F32;
    const centre = k < clusters ? centres + k * columns * F64 : 0;
    if (isQuantised) {
      const words = k < clusters ? centreWords + k * wordBytes() : 0;
      packWords(centre, panel, words, biases + k * F32, centreErrors + k * F64);
    } else {
      packFloats(centre, panel);
    }
  }
}

/**
 * Writes a centre (D doubles) into a lane of a panel of floats, or, where it is 0, what is farther than any centre: its
 * square is infinite.
 */
export function packFloats(centre: usize, to: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    store<f32>(to + j * VECTOR, centre === 0 ? f32.MAX_VALUE : <f32>load<f64>(centre + j * F64));
  }
}

/**
 * Writes a centre into a lane of a panel of int16, with its bias, the error that made, and, unless `words` is 0, as a row
 * of its own; or, where the centre is 0, a bias that is greater than any key.
 */
export function packWords(centre: usize, to: usize, words: usize, bias: usize, error: usize): void {
  if (centre === 0) {
    for (let j: usize = 0; j < columns; j++) store<i16>(to + (j >> 1) * VECTOR + (j & 1) * 2, 0);
    store<i32>(bias, i32.MAX_VALUE);
    return;
  }
  let square: f64 = 0;
  let lost: f64 = 0;
  for (let j: usize = 0; j < columns; j++) {
    const value = load<f64>(centre + j * F64);
    const word = nearest(value * centreScale);
    store<i16>(to + (j >> 1) * VECTOR + (j & 1) * 2, <i16>word);
    if (words !== 0) store<i16>(words + 2 * j, <i16>word);
    square += value * value;
    const difference = value - word / centreScale;
    lost += difference * difference;
  }
  store<i32>(bias, <i32>nearest(0.5 * square * keyScale));
  store<f64>(error, sqrt(lost));
}
