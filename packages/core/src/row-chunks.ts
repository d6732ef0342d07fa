import { requireNoOverflow } from './validation.ts';

/** Greatest number of values read back from an engine at once. */
const VALUES_PER_READ = 1 << 22;

/**
 * Collects an N x K table from an engine that never holds it whole.
 *
 * @param what what the values are, for the error message
 * @param read returns rows `start <= i < start + count`, (count x K)
 * @throws {DataError} when a value is NaN or infinite
 */
export async function readInChunks(
  what: string,
  rows: number,
  columns: number,
  signal: AbortSignal | undefined,
  read: (start: number, count: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const out = new Float32Array(rows * columns);
  await forEachRead(rows, columns, signal, async (start, count) => {
    const values = await read(start, count);
    for (const value of values) requireNoOverflow(what, value);
    out.set(values, start * columns);
  });
  return out;
}

/** Goes through an N x K table that is never held whole, in chunks of rows that may be read back at once. */
export async function forEachRead(
  rows: number,
  columns: number,
  signal: AbortSignal | undefined,
  use: (start: number, count: number) => Promise<void>,
): Promise<void> {
  const rowsPerRead = Math.max(1, Math.floor(VALUES_PER_READ / columns));
  for (let start = 0; start < rows; start += rowsPerRead) {
    signal?.throwIfAborted();
    await use(start, Math.min(rowsPerRead, rows - start));
  }
}
