import { gatherRows } from '../matrix.ts';
import type { PartedPoints } from './parted-points.ts';

/** Copies rows by their numbers among all rows, in the given order, as float64. Only the parts that hold them are loaded. */
export async function gatherPartedRows(
  { parts, columns }: PartedPoints,
  rows: ArrayLike<number>,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const out = new Float64Array(rows.length * columns);
  const places = Array.from({ length: rows.length }, (_, at) => at).sort((a, b) => rows[a] - rows[b]);
  let next = 0;
  let start = 0;
  for (const part of parts) {
    const end = start + part.rows;
    const own: number[] = [];
    for (; next < places.length && rows[places[next]] < end; next++) own.push(places[next]);
    if (own.length > 0) {
      const loaded = await part.load(signal);
      const first = start;
      const values = gatherRows(
        loaded,
        own.map((at) => rows[at] - first),
      );
      own.forEach((at, i) => {
        out.set(values.subarray(i * columns, (i + 1) * columns), at * columns);
      });
    }
    start = end;
  }
  return out;
}
