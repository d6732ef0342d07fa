import { matrix, matrixFromRows, ShapeError, sliceRows, type Matrix, type MatrixData } from '@shoal/core';

/** Points, as the caller gives them: a matrix, rows of numbers, or numbers row after row. */
export type PointsInput =
  | Matrix
  | readonly (readonly number[])[]
  | { readonly data: MatrixData; readonly columns: number; readonly scale?: number | undefined };

/**
 * Points as a matrix, without copying typed arrays; nothing without points.
 *
 * @throws {ShapeError} when rows are ragged, or the numbers do not fill rows
 */
export function asMatrix(points: PointsInput): Matrix | undefined {
  if (isRows(points)) return points.length === 0 ? undefined : matrixFromRows(points);
  if ('location' in points) return points;
  const { data, columns, scale } = points;
  if (data.length === 0) return undefined;
  const rows = data.length / columns;
  if (!Number.isInteger(rows)) {
    throw new ShapeError(`${data.length} values do not fill rows of ${columns} columns.`);
  }
  return matrix(data, rows, columns, scale);
}

function isRows(points: PointsInput): points is readonly (readonly number[])[] {
  return Array.isArray(points);
}

/**
 * The rows that contain a NaN or an infinity: they have no position and no distances.
 *
 * @returns 1 for each such row, or nothing when all are finite
 */
export function findBroken({ data, rows, columns }: Matrix): Uint8Array | undefined {
  if (data instanceof Uint8Array) return undefined;
  let broken: Uint8Array | undefined;
  for (let i = 0; i < rows; i++) {
    for (let j = i * columns; j < (i + 1) * columns; j++) {
      if (Number.isFinite(data[j])) continue;
      broken ??= new Uint8Array(rows);
      broken[i] = 1;
      break;
    }
  }
  return broken;
}

/** Rows `start <= i < end`, with zeros for rows that are not finite, because no computation may see a NaN. */
export function usableRows(
  points: Matrix,
  broken: Uint8Array | undefined,
  start: number,
  end: number,
): Matrix {
  const block = sliceRows(points, start, end);
  if (!broken?.subarray(start, end).includes(1)) return block;
  const data = block.data.slice();
  for (let i = start; i < end; i++) {
    if (broken[i] === 1) data.fill(0, (i - start) * points.columns, (i - start + 1) * points.columns);
  }
  return { ...block, data };
}
