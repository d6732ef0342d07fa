/** Longest stretch of synchronous work before the event loop gets a turn, in milliseconds. */
const PATIENCE_MS = 40;

/**
 * When the event loop last had a turn. Kept across passes: a fit of a small problem is a chain of passes, each too
 * short to give the event loop a turn.
 */
let lastTurn = performance.now();

/**
 * Runs `body` over `[0, rows)` in chunks, so that a long pass stays abortable and the page or process stays responsive.
 * Chunks are visited in order. A body that treats rows one by one has the same result wherever chunks end.
 *
 * @throws the signal's reason when it is aborted between two chunks
 */
export async function forEachChunk(
  rows: number,
  rowsPerChunk: number,
  signal: AbortSignal | undefined,
  body: (start: number, end: number) => void,
): Promise<void> {
  for (let start = 0; start < rows; start += rowsPerChunk) {
    signal?.throwIfAborted();
    body(start, Math.min(rows, start + rowsPerChunk));
    if (isTurnDue()) await turn();
  }
  signal?.throwIfAborted();
}

/** Work that can pause at each `yield`, and returns its result. */
export type Pausable<Result> = Generator<undefined, Result>;

/**
 * Does work that can pause, so that it can be aborted and the page or process stays responsive.
 *
 * @throws the signal's reason when it is aborted at a pause
 */
export async function inTurns<Result>(
  work: Pausable<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    if (isTurnDue()) await turn();
  }
}

/** Does the same without a pause. */
export function atOnce<Result>(work: Pausable<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function isTurnDue(): boolean {
  return performance.now() - lastTurn > PATIENCE_MS;
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  lastTurn = performance.now();
}

/** Rows per chunk such that a chunk costs about a million inner-loop operations. */
export function chunkRows(operationsPerRow: number): number {
  return Math.max(1, Math.floor(1_000_000 / Math.max(1, operationsPerRow)));
}
