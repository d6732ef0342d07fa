import { chunkRows, forEachChunk } from '../../chunks.ts';
import { assertFinite, gatherRows, type Matrix } from '../../matrix.ts';
import { forEachPart } from '../../parts/part-reader.ts';
import { gatherPartedRows } from '../../parts/gather-parted-rows.ts';
import { areParted, type PartedPoints } from '../../parts/parted-points.ts';

/**
 * Visits every point in order as float64; `row` is reused. Parts are loaded one after the other, so that what is added up
 * row by row has the bits of one piece.
 *
 * @param operations cost of one visit in inner-loop operations, for the chunk size
 * @throws {DataError} when a value of a part is NaN or infinite
 * @throws the signal's reason when it is aborted
 */
export function forEachPoint(
  points: Matrix | PartedPoints,
  operations: number,
  signal: AbortSignal | undefined,
  visit: (row: Float64Array, i: number) => void,
): Promise<void> {
  if (!areParted(points)) return visitRows(points, 0, operations, signal, visit);
  return forEachPart(points, signal, (part, first) => {
    assertFinite(part, first);
    return visitRows(part, first, operations, signal, visit);
  });
}

/** Rows by their numbers, as float64. */
export async function rowsOf(
  points: Matrix | PartedPoints,
  rows: ArrayLike<number>,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  return areParted(points) ? gatherPartedRows(points, rows, signal) : gatherRows(points, rows);
}

function visitRows(
  { rows, columns, data, scale }: Matrix,
  first: number,
  operations: number,
  signal: AbortSignal | undefined,
  visit: (row: Float64Array, i: number) => void,
): Promise<void> {
  const row = new Float64Array(columns);
  return forEachChunk(rows, chunkRows(operations), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
      visit(row, first + i);
    }
  });
}
