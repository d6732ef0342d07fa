import type { ClusteringData } from '../data/types.ts';

/** A point's row in the clustered data. */
export function rowOf(data: ClusteringData, point: number): number {
  return data.rows?.[point] ?? point;
}

/** The point of a row; undefined when the row is not shown. */
export function pointOfRow({ rows, count }: ClusteringData, row: number): number | undefined {
  if (rows === undefined) return row < count ? row : undefined;
  const point = findAscending(rows, row);
  return point < count ? point : undefined;
}

/** The index of a value in ascending values; the length when it is not there. */
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
