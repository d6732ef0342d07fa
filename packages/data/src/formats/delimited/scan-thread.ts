// The program of a thread that reads a part of a text. It is started from its text: see `scan-thread.ts?script`.
import { atOnce } from '@shoal/core/engine-kit';
import { scanPart, type PartOfText } from './scan-part.ts';

const threads = globalThis.process.getBuiltinModule('node:worker_threads');
const scanned = atOnce(scanPart(threads.workerData as PartOfText));
threads.parentPort?.postMessage(
  scanned,
  scanned?.numbers.map(({ buffer }) => buffer as ArrayBuffer),
);
