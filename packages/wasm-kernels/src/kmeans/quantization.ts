/** The number of columns from which int16 products are faster than float32 differences; see docs/decisions/0041. */
export const QUANTIZED_COLUMNS = 16;

/** Half a unit, plus the rounding of float32 before it. */
const HALF_UNIT = 0.51;
/** Greatest int16, with room for that rounding. */
const MAX_UNITS = 32_000;
/** Greatest int32, with room for roundings. */
const MAX_KEY = 2 ** 31 - 2 ** 20;
const FLOAT32_UNIT = 2 ** -24;
/** Replaces lengths of 0, by which nothing can be divided. */
const TINY = 1e-30;

/** Largest lengths and coordinates, relative to the points' shift. */
export interface Extent {
  readonly farthest: number;
  readonly reach: number;
}

/** How rows and centroids become keys, and the errors of these; see assembly/tuning.ts. */
export interface Tuning {
  readonly isQuantized: boolean;
  readonly pointScale: number;
  readonly centerScale: number;
  readonly keyScale: number;
  readonly errorConstant: number;
  readonly errorPerSquare: number;
  readonly relativeError: number;
  readonly absoluteError: number;
}

/**
 * Scales that use the full range of int16 and int32. A key |c|^2 / 2 - x.c is at most farthest(x) farthest(c) +
 * farthest(c)^2 / 2 in size, by Cauchy and Schwarz also in every partial sum, so int32 bounds the product of the two scales.
 * The product is split so that both roundings cause the same error. Bytes are whole numbers and need no scale.
 */
export function quantizationScales(
  points: Extent,
  centers: Extent,
  arePointsWhole: boolean,
): { readonly pointScale: number; readonly centerScale: number } {
  const c = Math.max(centers.farthest, 1e-3 * points.farthest, TINY);
  const x = Math.max(points.farthest, 1e-3 * centers.farthest, TINY);
  const product = MAX_KEY / (x * c + (c * c) / 2);
  const pointScale = arePointsWhole
    ? 1
    : Math.min(Math.sqrt((product * c) / x), MAX_UNITS / Math.max(points.reach, TINY));
  const centerScale = Math.min(product / pointScale, MAX_UNITS / Math.max(centers.reach, TINY));
  return { pointScale, centerScale };
}

/**
 * With x' and c' for the rounded x and c, a key differs from (|c|^2 / 2 - x.c) by at most |x - x'| |c| + |x'| |c - c'| and
 * the rounding of |c|^2 / 2 (Cauchy and Schwarz again). |x - x'| is bounded by half a unit per coordinate,
 * |c - c'| is measured, and |x| is replaced by (X + |x|^2 / X) / 2, where X is the greatest |x|: this is not smaller and
 * needs no square root.
 *
 * @param centerError greatest |c - c'|
 */
export function quantizedTuning(
  scales: { readonly pointScale: number; readonly centerScale: number },
  columns: number,
  points: Extent,
  centers: Extent,
  centerError: number,
  arePointsWhole: boolean,
): Omit<Tuning, 'relativeError' | 'absoluteError'> {
  const { pointScale, centerScale } = scales;
  const keyScale = pointScale * centerScale;
  const pointError = arePointsWhole ? 0 : (HALF_UNIT * Math.sqrt(columns)) / pointScale;
  const slack = 1 + 1e-5;
  const farthest = Math.max(points.farthest, TINY);
  return {
    isQuantized: true,
    pointScale,
    centerScale,
    keyScale,
    errorConstant:
      1 + slack * keyScale * (pointError * (centers.farthest + centerError) + (centerError * farthest) / 2),
    errorPerSquare: (slack * keyScale * centerError) / (2 * farthest),
  };
}

/**
 * The error of a float32 sum of D squares of differences, each rounded a few times (Higham, "Accuracy and Stability of
 * Numerical Algorithms", 3.1): the root has a relative error of at most (D + 4) / 2 roundings, doubled here, plus the
 * rounding of x and c to float32.
 */
export function floatTuning(columns: number, points: Extent, centers: Extent): Tuning {
  return {
    isQuantized: false,
    pointScale: 1,
    centerScale: 1,
    keyScale: 1,
    errorConstant: 0,
    errorPerSquare: 0,
    relativeError: (columns + 4) * FLOAT32_UNIT,
    absoluteError: 1.01 * FLOAT32_UNIT * (points.farthest + centers.farthest),
  };
}
