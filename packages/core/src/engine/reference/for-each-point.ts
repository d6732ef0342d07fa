import type { Matrix } from '../../matrix.ts';
import { chunkRows, forEachChunk } from '../../chunks.ts';

/**
 * Visits every point in order as float64; `row` is reused.
 *
 * @param operations cost of one visit in inner-loop operations, for the chunk size
 * @throws the signal's reason when it is aborted
 */
export function forEachPoint(
  points: Matrix,
  operations: number,
  signal: AbortSignal | undefined,
  visit: (row: Float64Array, i: number) => void,
): Promise<void> {
  const { rows, columns, data, scale } = points;
  const row = new Float64Array(columns);
  return forEachChunk(rows, chunkRows(operations), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] * scale;
      visit(row, i);
    }
  });
}
