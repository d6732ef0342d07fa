import { matrix, UnsupportedError, type Matrix } from '@shoal/core';
import { noise } from '../../data/point-sets.ts';

/** Greatest number of rows that are drawn; further rows are made from them. */
const DRAWN = 2 ** 20;

const SEED = 20;

/** How points of N(0, I) are made, for reports. */
export function describeNoise(rows: number): { readonly data: string; readonly seed: number } {
  const data =
    rows <= DRAWN
      ? 'N(0, I)'
      : `${DRAWN} rows N(0, I), again and again with their columns rotated by one more`;
  return { data, seed: SEED };
}

/** The last points: the next workload often needs the same, and drawing 10^8 numbers takes seconds. */
let last: Matrix | undefined;

/**
 * Points of N(0, I), float32. Above 2^20 rows, they repeat these rows with rotated columns: other points of the same
 * distribution, as fast as a copy of memory.
 *
 * @throws {UnsupportedError} when this machine's memory is not enough for the copies of all processes
 */
export async function devicePoints(rows: number, columns: number, signal: AbortSignal): Promise<Matrix> {
  if (last?.rows === rows && last.columns === columns) return last;
  last = undefined;
  // The points, the bytes of their file, the file itself (which may be in memory), and one copy in each of two peers.
  const needed = 5 * 4 * rows * columns;
  const available = process.availableMemory();
  if (needed > available) {
    const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
    throw new UnsupportedError(
      `All copies of ${rows} x ${columns} points take ${gigabytes(needed)} GB of the host's memory; ${gigabytes(available)} GB are free.`,
    );
  }
  const drawn = await noise(Math.min(rows, DRAWN), columns, SEED, signal);
  return (last = rows <= DRAWN ? drawn : rotated(drawn, rows));
}

/** Row i is row i mod n of the drawn ones, its columns rotated by floor(i / n). */
function rotated({ data: drawn, rows: count, columns }: Matrix, rows: number): Matrix {
  const data = new Float32Array(rows * columns);
  for (let start = 0; start < rows; start += count) {
    const by = (start / count) % columns;
    const values = drawn.subarray(0, Math.min(count, rows - start) * columns);
    // To rotate every row by `by`, move all values by `by`, except those that leave their row.
    data.set(values.subarray(by), start * columns);
    for (let end = columns; end <= values.length; end += columns) {
      const target = start * columns + end - by;
      for (let j = 0; j < by; j++) data[target + j] = values[end - columns + j];
    }
  }
  return matrix(data, rows, columns);
}

/** Maps values from -3 to 3 to bytes 0 to 255. */
export function asBytes({ data, rows, columns }: Matrix): Matrix {
  const bytes = Uint8Array.from(data, (value) => Math.max(0, Math.min(255, Math.round(42.5 * (value + 3)))));
  return matrix(bytes, rows, columns, 1 / 255);
}

/** The values that bytes stand for, for peers that do not take bytes. */
export function asFloats({ data, rows, columns, scale }: Matrix): Matrix {
  return matrix(
    Float32Array.from(data, (byte) => byte * scale),
    rows,
    columns,
  );
}
