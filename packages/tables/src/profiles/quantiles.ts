/** Lower quartile, median and upper quartile. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** @param sorted ascending, at least one value */
export function quartilesOf(sorted: Float64Array): Quartiles {
  return {
    lower: quantileOf(sorted, 0.25),
    median: quantileOf(sorted, 0.5),
    upper: quantileOf(sorted, 0.75),
  };
}

/** By linear interpolation, as NumPy's default does it. */
export function quantileOf(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  // Weighted, because a difference of two large values can overflow.
  const weight = place - below;
  return sorted[below] * (1 - weight) + sorted[above] * weight;
}

/**
 * How many values are below one.
 *
 * @param from a number of values that are known to be below it
 */
export function countBelow(sorted: Float64Array, value: number, from = 0): number {
  return firstPlace(sorted.length, (i) => sorted[i] >= value, from);
}

/**
 * How many values are not above one.
 *
 * @param from a number of values that are known not to be above it
 */
export function countUpTo(sorted: Float64Array, value: number, from = 0): number {
  return firstPlace(sorted.length, (i) => sorted[i] > value, from);
}

/**
 * The first place where `isReached` holds, else `length`; it must hold at all later places too. Places near `from` are
 * found soonest.
 */
function firstPlace(length: number, isReached: (i: number) => boolean, from = 0): number {
  let low = from;
  let step = 1;
  while (low + step <= length && !isReached(low + step - 1)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(length, low + step - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Median of the values that are in `pooled` and not in `own`, found without making a list of them.
 *
 * @param pooled ascending; has the values of `own` as well, as many times
 * @param own ascending
 */
export function medianOfOthers(pooled: Float64Array, own: Float64Array): number | undefined {
  const count = pooled.length - own.length;
  if (count === 0) return undefined;
  const valueAt = (rank: number): number =>
    pooled[firstPlace(pooled.length, (i) => countUpTo(pooled, pooled[i]) - countUpTo(own, pooled[i]) > rank)];
  return valueAt((count - 1) >> 1) / 2 + valueAt(count >> 1) / 2;
}
