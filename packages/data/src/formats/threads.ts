/** The module of threads, whose types are named without an import. */
type Threads = ReturnType<typeof globalThis.process.getBuiltinModule<'node:worker_threads'>>;

/** What Node.js offers for threads; undefined in pages, where a file is read by the thread that asks for it. */
export function nodeThreads():
  | { readonly Worker: Threads['Worker']; readonly processors: number }
  | undefined {
  // Without an import, which bundlers for browsers could not resolve.
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
  const threads = process?.getBuiltinModule?.('node:worker_threads');
  const os = process?.getBuiltinModule?.('node:os');
  return threads && os && { Worker: threads.Worker, processors: os.availableParallelism() };
}

/** Smaller files are read before further threads have started. */
export const MANY_BYTES = 1 << 25;

/** Room for a file's bytes: where threads may divide a large file, in memory that they share. */
export function sharedRoom(length: number): Uint8Array {
  const isDivided = length >= MANY_BYTES && nodeThreads() !== undefined;
  return isDivided ? new Uint8Array(new SharedArrayBuffer(length)) : new Uint8Array(length);
}
