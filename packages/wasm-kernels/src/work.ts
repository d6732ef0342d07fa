/**
 * Multiply-adds of one call, a few milliseconds. Work is divided among threads, and can be aborted, in steps of this size.
 */
const OPERATIONS_PER_CALL = 32e6;

/**
 * Number of multiply-adds of a pass below which waking threads (some tenths of a millisecond) costs more than they save.
 * Also the default of `WasmEngineOptions.threadingThreshold`.
 */
export const OPERATIONS_WORTH_THREADS = 4e6;

/** The options of an engine that plans of sessions depend on. */
export interface WorkOptions {
  /** The most threads that may share a pass. */
  readonly threads: number;
  /** Number of multiply-adds from which threads share a pass. */
  readonly threadingThreshold: number;
}

/** How many threads should share a pass. */
export function threadsFor(operations: number, { threads, threadingThreshold }: WorkOptions): number {
  return operations < threadingThreshold ? 1 : threads;
}

/**
 * Rows that one call handles, a multiple of `multiple`: at most the work of one call, and at least `fewestCalls` calls where
 * there are that many multiples. It is the same for any number of threads, because each call has its own sum of doubles.
 */
export function rowsPerCall(
  rows: number,
  operationsPerRow: number,
  multiple: number,
  fewestCalls: number,
): number {
  const most = Math.min(OPERATIONS_PER_CALL / operationsPerRow, rows / fewestCalls);
  return multiple * Math.max(1, Math.ceil(most / multiple));
}
