/** Most values read back from an engine at once. */
const VALUES_PER_READ = 1 << 22;

/**
 * Collects an N x K table from an engine that never holds it whole.
 *
 * @param read returns rows `start <= i < start + count`, (count x K)
 */
export async function readInChunks(
  rows: number,
  columns: number,
  signal: AbortSignal | undefined,
  read: (start: number, count: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const out = new Float32Array(rows * columns);
  const rowsPerRead = Math.max(1, Math.floor(VALUES_PER_READ / columns));
  for (let start = 0; start < rows; start += rowsPerRead) {
    signal?.throwIfAborted();
    out.set(await read(start, Math.min(rowsPerRead, rows - start)), start * columns);
  }
  return out;
}
