import { gatherRows, type Matrix } from '../matrix.ts';

/** Number of evenly spaced rows from which the median and the spread of each column are taken. */
const SAMPLE_ROWS = 255;

/** A column is far from 0 when its median is this many times its spread: float32 then wastes five of its 24 bits. */
const FAR = 32;

/** Where points lie. */
export interface Place {
  /** What to subtract from the points, D values; undefined when no column is far from 0. */
  readonly origin: Float64Array | undefined;
  /** The middle of the points less the origin, D values: medians, because a few outliers do not move them. */
  readonly center: Float64Array;
}

/**
 * The origin for points that lie far from 0: the median of each column that is far from 0 compared with the median
 * distance to that median, and 0 in the other columns. A median is a value of the column, so subtracting it from values
 * near it is exact, and a few outliers (zeros among times) do not move it.
 *
 * @param weights of the points; those of weight 0 do not count
 * @returns undefined for bytes
 */
export function findOrigin(source: Matrix, weights?: ArrayLike<number>): Place | undefined {
  if (source.data instanceof Uint8Array) return undefined;
  return placeOf(gatherRows(source, sampleRows(source.rows, weights)), source.columns);
}

/** The same from the rows of `sampleRows`, row-major. */
export function placeOf(sample: Float64Array, columns: number): Place {
  const origin = new Float64Array(columns);
  const center = new Float64Array(columns);
  const values = new Float64Array(sample.length / columns);
  let isFar = false;
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < values.length; i++) values[i] = sample[i * columns + j];
    values.sort();
    const middle = values[(values.length - 1) >> 1];
    if (middle === 0 || !Number.isFinite(middle)) continue;
    for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i] - middle);
    values.sort();
    if (Math.abs(middle) <= FAR * values[values.length >> 1]) {
      center[j] = middle;
      continue;
    }
    origin[j] = middle;
    isFar = true;
  }
  return { origin: isFar ? origin : undefined, center };
}

/** Evenly spaced rows of positive weight, from which a place is found. */
export function sampleRows(rows: number, weights: ArrayLike<number> | undefined): number[] {
  const usable = weights && Array.from({ length: rows }, (_, i) => i).filter((row) => weights[row] > 0);
  const from = usable?.length ?? rows;
  const count = Math.min(SAMPLE_ROWS, from);
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor((i * from) / count);
    return usable ? usable[at] : at;
  });
}
