import type { ClusteringData } from '../data/types.ts';

/** Whether the points are at the same places and of the same rows: then only what is said about them differs. */
export function haveSamePoints(one: ClusteringData, other: ClusteringData): boolean {
  return (
    one.count === other.count &&
    sameNumbers(one.rows, other.rows) &&
    sameNumbers(one.positions, other.positions) &&
    sameNumbers(one.origin, other.origin)
  );
}

/** Whether two lists hold the same numbers, or there are none. */
export function sameNumbers(
  one: ArrayLike<number> | undefined,
  other: ArrayLike<number> | undefined,
): boolean {
  if (one === other) return true;
  if (one?.length !== other?.length || one === undefined || other === undefined) return false;
  // A point without a place is at NaN.
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}
