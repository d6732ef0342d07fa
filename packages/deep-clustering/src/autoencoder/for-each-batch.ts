import type { TensorBackend } from '../backend/tensor-backend.ts';

/** Longest stretch of work before the event loop gets a turn, in milliseconds. */
const PATIENCE_MS = 40;

/**
 * Visits `[0, rows)` in batches, in order. Stays abortable, keeps the process responsive, and never lets the
 * device fall further behind than it takes to ask for 40 ms of work.
 *
 * @throws the signal's reason when it is aborted between two batches
 */
export async function forEachBatch(
  backend: TensorBackend,
  rows: number,
  batchSize: number,
  signal: AbortSignal | undefined,
  visit: (start: number, end: number) => void,
): Promise<void> {
  let lastTurn = performance.now();
  for (let start = 0; start < rows; start += batchSize) {
    signal?.throwIfAborted();
    visit(start, Math.min(rows, start + batchSize));
    if (performance.now() - lastTurn > PATIENCE_MS) {
      await backend.settle();
      lastTurn = performance.now();
    }
  }
  signal?.throwIfAborted();
}
