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
