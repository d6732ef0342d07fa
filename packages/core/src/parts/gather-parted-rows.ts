import { gatherRows } from '../matrix.ts';
import { loadPart } from './part-reader.ts';
import type { PartedPoints } from './parted-points.ts';

/** So many rows of a part are worth loading it. */
const SHARE_OF_PART = 1 / 16;

/** Copies rows by their numbers among all rows, in the given order, as float64. Only the parts that hold them are loaded. */
export async function gatherPartedRows(
  points: PartedPoints,
  rows: ArrayLike<number>,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { parts, columns } = points;
  const out = new Float64Array(rows.length * columns);
  const places = Array.from({ length: rows.length }, (_, at) => at).sort((a, b) => rows[a] - rows[b]);
  let next = 0;
  let start = 0;
  for (const [index, part] of parts.entries()) {
    const end = start + part.rows;
    const first = next;
    while (next < places.length && rows[places[next]] < end) next++;
    if (next > first) {
      const own = places.slice(first, next);
      const offset = start;
      const values = await rowsOfPart(
        points,
        index,
        Uint32Array.from(own, (at) => rows[at] - offset),
        signal,
      );
      own.forEach((at, i) => {
        out.set(values.subarray(i * columns, (i + 1) * columns), at * columns);
      });
    }
    start = end;
  }
  return out;
}

/** Some rows of a part, as float64. */
async function rowsOfPart(
  points: PartedPoints,
  index: number,
  rows: Uint32Array,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { rows: all, loadRows } = points.parts[index];
  if (loadRows === undefined || rows.length > SHARE_OF_PART * all) {
    return gatherRows(await loadPart(points, index, signal), rows);
  }
  const some = await loadRows(rows, signal);
  return gatherRows(some, Uint32Array.from(rows.keys()));
}
