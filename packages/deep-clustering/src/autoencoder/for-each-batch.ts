import type { TensorBackend } from '../backend/tensor-backend.ts';

/** Longest stretch of work before the event loop gets a turn, in milliseconds. */
const PATIENCE_MS = 40;

/**
 * When each backend was last waited for. Kept across passes: with few points, each epoch is too short to give the event
 * loop a turn.
 */
const lastTurns = new WeakMap<TensorBackend, number>();

/**
 * Visits `[0, rows)` in batches, in order. It can be aborted, keeps the process responsive, and waits for the device
 * after every 40 ms of queuing work.
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
  if (!lastTurns.has(backend)) lastTurns.set(backend, performance.now());
  for (let start = 0; start < rows; start += batchSize) {
    signal?.throwIfAborted();
    visit(start, Math.min(rows, start + batchSize));
    if (performance.now() - lastTurns.get(backend)! > PATIENCE_MS) {
      await backend.settle();
      lastTurns.set(backend, performance.now());
    }
  }
  signal?.throwIfAborted();
}
