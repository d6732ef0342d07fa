import type { ClusteringData } from '../data/types.ts';

/** A point's row in the data that were clustered. */
export function rowOf(data: ClusteringData, point: number): number {
  return data.rows?.[point] ?? point;
}

/** The point that shows a row; undefined when it is not among those shown. */
export function pointOfRow({ rows, count }: ClusteringData, row: number): number | undefined {
  if (rows === undefined) return row < count ? row : undefined;
  const point = findAscending(rows, row);
  return point < count ? point : undefined;
}

/** Where a value is in ascending ones; the length when it is not there. */
export function findAscending(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value ? low : values.length;
}
