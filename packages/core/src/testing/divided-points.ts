import { gatherRows, matrix, sliceRows, type Matrix } from '../matrix.ts';
import { partedPoints, type PartedPoints } from '../parts/parted-points.ts';

/**
 * Points in parts.
 *
 * @param ends the row after the last one of each part
 */
export function divide(points: Matrix, ends: readonly number[], memoryBytes: number): PartedPoints {
  const parts = ends.map((end, i) => {
    const start = i === 0 ? 0 : ends[i - 1];
    const load = async () => sliceRows(points, start, end);
    const loadRows = async (rows: Uint32Array) =>
      matrix(gatherRows(await load(), rows), rows.length, points.columns);
    return { rows: end - start, load, loadRows: i % 2 === 0 ? loadRows : undefined };
  });
  return partedPoints(parts, points.columns, { memoryBytes });
}
