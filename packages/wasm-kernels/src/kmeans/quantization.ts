/** Fewest columns from which int16 products outrun float32 differences; see docs/decisions/0041. */
export const QUANTISED_COLUMNS = 16;

/** Half a unit, and what float32 rounds off on the way to it. */
const HALF_UNIT = 0.51;
/** int16, with room for that rounding. */
const MOST_UNITS = 32_000;
/** int32, with room for roundings. */
const MOST_KEY = 2 ** 31 - 2 ** 20;
const FLOAT32_UNIT = 2 ** -24;
/** Stands for lengths of 0, which cannot be divided by. */
const TINY = 1e-30;

/** Largest lengths and coordinates, relative to the points' shift. */
export interface Extent {
  readonly farthest: number;
  readonly reach: number;
}

/** How rows and centroids become keys, and by how much these are off; see assembly/tuning.ts. */
export interface Tuning {
  readonly isQuantised: boolean;
  readonly pointScale: number;
  readonly centreScale: number;
  readonly keyScale: number;
  readonly errorConstant: number;
  readonly errorPerSquare: number;
  readonly relativeError: number;
  readonly absoluteError: number;
}

/**
 * Scales that use int16 and int32 to the full. A key |c|^2 / 2 - x.c is at most farthest(x) farthest(c) +
 * farthest(c)^2 / 2 in size, by Cauchy and Schwarz also in every partial sum, so the product of the two scales is
 * bounded by int32; it is split such that both roundings do the same harm. Bytes are whole numbers and need no scale.
 */
export function quantisationScales(
  points: Extent,
  centres: Extent,
  arePointsWhole: boolean,
): { readonly pointScale: number; readonly centreScale: number } {
  const c = Math.max(centres.farthest, 1e-3 * points.farthest, TINY);
  const x = Math.max(points.farthest, 1e-3 * centres.farthest, TINY);
  const product = MOST_KEY / (x * c + (c * c) / 2);
  const pointScale = arePointsWhole
    ? 1
    : Math.min(Math.sqrt((product * c) / x), MOST_UNITS / Math.max(points.reach, TINY));
  const centreScale = Math.min(product / pointScale, MOST_UNITS / Math.max(centres.reach, TINY));
  return { pointScale, centreScale };
}

/**
 * With x' and c' for what x and c become, a key differs from (|c|^2 / 2 - x.c) by at most |x - x'| |c| + |x'| |c - c'|
 * and the rounding of |c|^2 / 2 (Cauchy and Schwarz again). |x - x'| is bounded by half a unit per coordinate,
 * |c - c'| was measured, and instead of |x| stands (X + |x|^2 / X) / 2 with X the greatest of them, which is no less and
 * needs no root.
 *
 * @param centreError greatest |c - c'|
 */
export function quantisedTuning(
  scales: { readonly pointScale: number; readonly centreScale: number },
  columns: number,
  points: Extent,
  centres: Extent,
  centreError: number,
  arePointsWhole: boolean,
): Omit<Tuning, 'relativeError' | 'absoluteError'> {
  const { pointScale, centreScale } = scales;
  const keyScale = pointScale * centreScale;
  const pointError = arePointsWhole ? 0 : (HALF_UNIT * Math.sqrt(columns)) / pointScale;
  const slack = 1 + 1e-5;
  const farthest = Math.max(points.farthest, TINY);
  return {
    isQuantised: true,
    pointScale,
    centreScale,
    keyScale,
    errorConstant:
      1 + slack * keyScale * (pointError * (centres.farthest + centreError) + (centreError * farthest) / 2),
    errorPerSquare: (slack * keyScale * centreError) / (2 * farthest),
  };
}

/**
 * Of a float32 sum of D squares of differences, each rounded a few times (Higham, "Accuracy and Stability of
 * Numerical Algorithms", 3.1): the root is off by (D + 4) / 2 roundings of itself at most, taken twice here, and by
 * what x and c lost when they became float32.
 */
export function floatTuning(columns: number, points: Extent, centres: Extent): Tuning {
  return {
    isQuantised: false,
    pointScale: 1,
    centreScale: 1,
    keyScale: 1,
    errorConstant: 0,
    errorPerSquare: 0,
    relativeError: (columns + 4) * FLOAT32_UNIT,
    absoluteError: 1.01 * FLOAT32_UNIT * (points.farthest + centres.farthest),
  };
}
