import { chunkRows, forEachChunk } from '../chunks.ts';
import type { Points } from '../matrix.ts';

/**
 * Whether two different values of a column become one when points, less an origin, are rounded to float32. It takes time and
 * memory, so it is asked only where rounding seems to matter.
 *
 * @param points N x D; on a device they are not looked at, which counts as yes
 * @param origin D values
 * @throws the signal's reason when it is aborted
 */
export async function roundsTogether(
  points: Points,
  origin: Float64Array | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (points.location === 'device') return true;
  const { data, rows, columns, scale } = points;
  for (let j = 0; j < columns; j++) {
    const from = origin?.[j] ?? 0;
    const known = new Map<number, number>();
    const twins: number[] = [];
    await forEachChunk(rows, chunkRows(columns), signal, (start, end) => {
      for (let i = start; i < end && twins.length === 0; i++) {
        const value = data[i * columns + j] * scale - from;
        const rounded = Math.fround(value);
        const first = known.get(rounded);
        if (first === undefined) known.set(rounded, value);
        else if (first !== value) twins.push(i);
      }
    });
    if (twins.length > 0) return true;
  }
  return false;
}
