import { greatestOf } from '@shoal/core/engine-kit';

/** Sketches from which the ranges of coordinates are found. */
const SAMPLE = 1024;
/** The part of these that lies below, and above, what a range is made from. */
const TAIL = 0.01;
/** How far a range goes beyond, on either side, in widths of what it is made from. */
const MARGIN = 0.5;
/** The greatest number of a signed word. */
const MAX_WORD = 0x7fff;
/** Sums of squares of differences stay below this. */
const MAX_SUM = 0x7fffffff;

/**
 * How coordinates of sketches become words of 15 bits: from ranges that hold nearly all points, however far the others are.
 *
 * @param sketches of N rows, padded to multiples of four columns
 * @returns words per unit, then of each column where its range begins, and its greatest word
 */
export function frameWords(sketches: Float32Array, rows: number, columns: number): Float64Array {
  const stride = 4 * Math.ceil(columns / 4);
  const count = Math.min(rows, SAMPLE);
  const sample = new Float32Array(count);
  const starts = new Float64Array(columns);
  const widths = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < count; i++) sample[i] = sketches[Math.floor((i * rows) / count) * stride + j];
    sample.sort();
    const tail = Math.floor(TAIL * count);
    const low = sample[tail];
    const width = sample[count - 1 - tail] - low;
    starts[j] = low - MARGIN * width;
    widths[j] = (1 + 2 * MARGIN) * width;
  }
  const widest = greatestOf(widths);
  const scale =
    widest === 0
      ? 0
      : Math.min(
          MAX_WORD / widest,
          Math.sqrt(MAX_SUM) / Math.sqrt(widths.reduce((sum, width) => sum + width ** 2, 0)),
        );
  const frame = new Float64Array(1 + 2 * columns);
  frame[0] = scale;
  for (let j = 0; j < columns; j++) {
    frame[1 + 2 * j] = starts[j];
    frame[2 + 2 * j] = Math.floor(widths[j] * scale);
  }
  return frame;
}
