import { InvalidArgumentError } from '../errors.ts';
import { requireWholeNumber } from '../validation.ts';

/** Limits on the number of points in each cluster, K values each. */
export interface SizeLimits {
  readonly least: Int32Array;
  readonly most: Int32Array;
}

/** Sizes as they are asked for; see `SizedKMeansOptions`. */
export interface GivenSizes {
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
}

/**
 * The least and the greatest size of a cluster. Without any, sizes differ by at most one.
 *
 * @param points number of points that count
 * @throws {InvalidArgumentError} when no assignment has such sizes
 */
export function requireSizes(
  { minSize, maxSize }: GivenSizes,
  points: number,
  clusters: number,
): Required<{ [Key in keyof GivenSizes]: number }> {
  const share = points / clusters;
  const isFree = minSize === undefined && maxSize === undefined;
  const least = minSize ?? (isFree ? Math.floor(share) : 1);
  const most = maxSize ?? (isFree ? Math.ceil(share) : points);
  if (least <= share && share <= most) return { minSize: least, maxSize: most };
  throw new InvalidArgumentError(
    `${points} points cannot be divided into ${clusters} clusters of ${least} to ${most} points: that takes from ` +
      `${least * clusters} to ${most * clusters} points. Give a minSize of at most ${Math.floor(share)} and a maxSize of ` +
      `at least ${Math.ceil(share)}, or another number of clusters.`,
  );
}

/**
 * Checks sizes before the number of points is known.
 *
 * @throws {InvalidArgumentError} when they are not whole numbers of at least 1, or the least is above the greatest
 */
export function requireSizeOptions({ minSize, maxSize }: GivenSizes): GivenSizes {
  if (minSize !== undefined) requireWholeNumber('minSize', minSize, 1);
  if (maxSize !== undefined) requireWholeNumber('maxSize', maxSize, 1);
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    throw new InvalidArgumentError(`minSize must be at most maxSize, ${maxSize}; got ${minSize}.`);
  }
  return { minSize, maxSize };
}

/** The same limits for every cluster. */
export function equalLimits(least: number, most: number, clusters: number): SizeLimits {
  return { least: new Int32Array(clusters).fill(least), most: new Int32Array(clusters).fill(most) };
}
