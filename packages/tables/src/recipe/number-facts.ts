import { DataError } from '@shoal/core';
import { quantileOf } from '../profiles/quantiles.ts';
import type { NumberValues } from '../table/table.ts';

/** The spread of the numbers of a column; all 0 when none is there. */
export interface NumberFacts {
  readonly present: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the population: divided by the number of values. */
  readonly deviation: number;
  readonly median: number;
  /** Whether all values are equal, up to rounding. */
  readonly constant: boolean;
  /** Whether all values are whole numbers from 0 to 255. */
  readonly bytes: boolean;
}

/** Values this close, in units of the last place, count as equal: they come from one number by rounding. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Measures the values that are not NaN, each counted once. The variance is taken about the mean, so that values far from
 * 0 keep their digits.
 *
 * @param what the column, for messages: `the column "x"`
 * @throws {DataError} when the range is too large for float64
 */
export function numberFacts(values: NumberValues, what: string): NumberFacts {
  const counts = countBytes(values);
  return counts ? factsOfCounts(counts) : factsOfNumbers(presentValues(values), what);
}

/** How often each byte occurs; undefined when there are other values. NaN is not counted. */
function countBytes(values: NumberValues): Float64Array | undefined {
  const counts = new Float64Array(256);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if ((value & 255) === value) counts[value]++;
    else if (!Number.isNaN(value)) return undefined;
  }
  return counts;
}

/** The facts of bytes from their counts: images have many columns of them. */
function factsOfCounts(counts: Float64Array): NumberFacts {
  const present = counts.reduce((sum, count) => sum + count, 0);
  if (present === 0) {
    return { present, min: 0, max: 0, mean: 0, deviation: 0, median: 0, constant: true, bytes: true };
  }
  const min = counts.findIndex((count) => count > 0);
  const max = counts.findLastIndex((count) => count > 0);
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / present;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / present;
  const valueAt = (place: number): number => {
    let before = 0;
    return counts.findIndex((count) => (before += count) > place);
  };
  const median = (valueAt(Math.floor((present - 1) / 2)) + valueAt(Math.floor(present / 2))) / 2;
  const deviation = Math.sqrt(variance);
  return { present, min, max, mean, deviation, median, constant: min === max, bytes: true };
}

function factsOfNumbers(present: Float64Array, what: string): NumberFacts {
  const count = present.length;
  const first = present[0];
  let min = first;
  let max = first;
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const value = present[i];
    if (value < min) min = value;
    if (value > max) max = value;
    offset += value - first;
  }
  const range = max - min;
  if (!Number.isFinite(range) || !Number.isFinite(offset)) {
    throw new DataError(
      `The values of ${what} reach from ${min} to ${max}, which is too far for float64. Leave the column out, or take logarithms.`,
    );
  }
  const mean = Math.min(max, Math.max(min, first + offset / count));
  const constant = range <= ROUNDING * Math.max(Math.abs(min), Math.abs(max));
  const deviation = constant ? 0 : range * relativeDeviation(present, mean, range);
  const median = quantile(present, 0.5);
  return { present: count, min, max, mean, deviation, constant, median, bytes: false };
}

/** The values that are not NaN, in a new array. */
export function presentValues(values: NumberValues): Float64Array {
  const out = new Float64Array(values);
  let count = 0;
  for (let i = 0; i < out.length; i++) {
    if (!Number.isNaN(out[i])) out[count++] = out[i];
  }
  return out.subarray(0, count);
}

/** In units of the range, so that squares cannot overflow. */
function relativeDeviation(values: Float64Array, mean: number, range: number): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = (values[i] - mean) / range;
    sum += difference;
    squares += difference * difference;
  }
  const off = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - off * off));
}

/**
 * The value below which a share `q` of the values lies, with linear interpolation between neighbors (the default of
 * NumPy). It changes the order of `values`.
 */
export function quantile(values: Float64Array, q: number): number {
  const below = Math.floor((values.length - 1) * q);
  select(values, below);
  // What interpolation needs besides is the smallest of the values that are left.
  if (below + 1 < values.length) swap(values, below + 1, placeOfSmallest(values, below + 1));
  return quantileOf(values, q);
}

function placeOfSmallest(values: Float64Array, from: number): number {
  let place = from;
  for (let i = from + 1; i < values.length; i++) if (values[i] < values[place]) place = i;
  return place;
}

/**
 * Moves values so that the one at `k` is the one that sorting would put there, smaller ones before it, greater ones after
 * (Floyd & Rivest, "Algorithm 489: SELECT", Communications of the ACM 18(3), 1975).
 */
function select(values: Float64Array, k: number, from = 0, to = values.length - 1): void {
  let left = from;
  let right = to;
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1;
      const m = k - left + 1;
      const z = Math.log(n);
      const size = 0.5 * Math.exp((2 * z) / 3);
      const sign = m < n / 2 ? -1 : 1;
      const deviation = 0.5 * Math.sqrt((z * size * (n - size)) / n) * sign;
      const low = Math.max(left, Math.floor(k - (m * size) / n + deviation));
      const high = Math.min(right, Math.floor(k + ((n - m) * size) / n + deviation));
      select(values, k, low, high);
    }
    const pivot = values[k];
    let i = left;
    let j = right;
    swap(values, left, k);
    if (values[right] > pivot) swap(values, left, right);
    while (i < j) {
      swap(values, i, j);
      i++;
      j--;
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
    }
    if (values[left] === pivot) swap(values, left, j);
    else swap(values, ++j, right);
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i];
  values[i] = values[j];
  values[j] = value;
}
