/** Multiply-adds of one call, a few milliseconds: how finely work is shared out and can be aborted. */
const OPERATIONS_PER_CALL = 32e6;

/**
 * Multiply-adds of a pass below which waking threads, some tenths of a millisecond, costs more than they save. Also the
 * default of `WasmEngineOptions.threadingThreshold`.
 */
export const OPERATIONS_WORTH_THREADS = 4e6;

/** The options of an engine that plans of sessions depend on. */
export interface WorkOptions {
  /** How many threads may share a pass. */
  readonly threads: number;
  /** Multiply-adds of a pass from which they do. */
  readonly threadingThreshold: number;
}

/** How many threads a pass is worth. */
export function threadsFor(operations: number, { threads, threadingThreshold }: WorkOptions): number {
  return operations < threadingThreshold ? 1 : threads;
}

/**
 * Rows that one call handles, a multiple of `multiple`: no more than a call's work, and no fewer calls than `fewestCalls`
 * where there are that many multiples. The same for any number of threads, because each call has a sum of doubles of its own.
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
