// The program of a thread that reads chunks of a text. It is started from its text: see `scan-thread.ts?script`.
import { ChunkScanner } from './scan-chunk.ts';
import type { SharedScan } from './shared-scan.ts';

const threads = globalThis.process.getBuiltinModule('node:worker_threads');
const { scan, thread } = threads.workerData as { readonly scan: SharedScan; readonly thread: number };
const scanner = new ChunkScanner(scan, thread);
while (!scanner.isOver) {
  if (scanner.hasRoom) scanner.scanNext();
  else scanner.waitForRoom();
}
threads.parentPort?.postMessage(scanner.seen);
