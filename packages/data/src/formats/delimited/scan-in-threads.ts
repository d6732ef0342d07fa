import { inTurns, type Pausable } from '@shoal/core/engine-kit';
import type { ReadRequest } from '../format.ts';
import { nodeThreads } from '../threads.ts';
import { ColumnsInProgress } from './columns-in-progress.ts';
import type { OpenedText } from './open-delimited.ts';
import { ChunkScanner, giveUp, type Seen } from './scan-chunk.ts';
import source from './scan-thread.ts?script';
import { capacityFor, type ScannedText } from './scan-whole.ts';
import { BOARD, CHUNK, placeOf, shareScan, SLOTS, slotColumns, type SharedScan } from './shared-scan.ts';

/** How a text is divided. */
interface Limits {
  readonly threads: number;
  readonly chunkBytes: number;
}

/** More threads would wait for the memory. */
const MAX_THREADS = 8;

/** Chunks whose text and numbers fit into the cache of a processor; with long lines, they have a few of them. */
const CHUNK_BYTES = 1 << 18;
const CHUNK_LINES = 64;
const MAX_CHUNK_BYTES = 1 << 20;

function usualLimits(lineBytes: number): Limits {
  return {
    threads: Math.min(MAX_THREADS, nodeThreads()?.processors ?? 1),
    chunkBytes: Math.max(CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, Math.ceil(CHUNK_LINES * lineBytes))),
  };
}

/** A text that was read by threads. */
export interface DividedText extends ScannedText {
  /** Whether there were lines of comments, which may hold any bytes. */
  readonly hasComments: boolean;
}

/** How to read, and who is told. */
type Scanning = Pick<ReadRequest, 'signal' | 'onProgress'> & {
  readonly module?: WebAssembly.Module | undefined;
};

/**
 * Divides a text of numbers among the threads of the machine.
 *
 * @returns undefined when one thread must read the text: it is short, not in shared memory, or has anything but plain numbers
 * @throws the signal's reason when aborted
 */
export async function scanInThreads(
  opened: OpenedText,
  { signal, onProgress, module }: Scanning,
  limits: Limits = usualLimits(opened.sniffed.lineBytes),
): Promise<DividedText | undefined> {
  const { text, sniffed } = opened;
  const { bytes } = text;
  const isShared = typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
  const isShort = bytes.length - sniffed.dialect.dataStart < 2 * limits.chunkBytes;
  if (!isShared || isShort || limits.threads < 2 || sniffed.isText.includes(true)) return undefined;
  const scan = shareScan(bytes, sniffed.dialect, module, limits);
  const threads = Array.from({ length: limits.threads - 1 }, (_, i) => startThread(scan, i + 1));
  try {
    const own = new ChunkScanner(scan, 0);
    const gathered = await inTurns(gatherChunks(scan, own, opened, onProgress), signal);
    const others = gathered && (await Promise.all(threads));
    if (gathered === undefined || others?.includes(undefined) !== false) return undefined;
    const seen = [own.seen, ...others.filter((one) => one !== undefined)];
    return {
      ...gathered,
      repeatedHeaders: seen.flatMap(({ repeatedHeaders }) => repeatedHeaders).sort((a, b) => a - b),
      hasBareNumbers: seen.some(({ hasBareNumbers }) => hasBareNumbers),
      hasComments: seen.some(({ hasComments }) => hasComments),
    };
  } finally {
    // Those that still run end then by themselves.
    giveUp(scan);
  }
}

/** @returns undefined when the thread dies: the text is then read without it */
function startThread(scan: SharedScan, thread: number): Promise<Seen | undefined> {
  const { Worker } = nodeThreads()!;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(url, { name: 'shoal-csv', workerData: { scan, thread }, execArgv: [], env: {} });
  return new Promise((resolve) => {
    let isDone = false;
    const die = (): void => {
      if (!isDone) giveUp(scan);
      resolve(undefined);
    };
    worker.on('message', (message: Seen) => {
      isDone = true;
      resolve(message);
    });
    worker.on('error', die);
    worker.on('exit', die);
  });
}

/** How long this thread sleeps for another one until it looks again whether that is alive. */
const PATIENCE_MS = 10;

/**
 * Takes chunks as the other threads do, and puts the numbers of all to their place in the columns. It pauses between chunks.
 *
 * @returns undefined when the threads have given up
 */
function* gatherChunks(
  scan: SharedScan,
  own: ChunkScanner,
  { text: { bytes }, sniffed: { dialect, isText, lineBytes } }: OpenedText,
  onProgress: ReadRequest['onProgress'],
): Pausable<Pick<ScannedText, 'columns' | 'rows' | 'blankLines'> | undefined> {
  const { board, chunks, rooms, chunkBytes } = scan;
  const columns = new ColumnsInProgress(
    bytes,
    isText,
    capacityFor(bytes.length - dialect.dataStart, lineBytes),
  );
  const slots = rooms.map((_, thread) =>
    Array.from({ length: SLOTS }, (__, slot) => slotColumns(scan, thread, slot)),
  );
  let rows = 0;
  let blankLines = 0;
  let placed = 0;
  while (placed < chunks) {
    if (Atomics.load(board, BOARD.stop) !== 0) return undefined;
    const word = BOARD.chunks + CHUNK.words * placed;
    const place = Atomics.load(board, word + CHUNK.place);
    if (place > 0) {
      const [thread, slot] = placeOf(place);
      const count = board[word + CHUNK.rows];
      columns.append(slots[thread][slot], rows, count);
      Atomics.store(rooms[thread].isFull, slot, 0);
      Atomics.notify(rooms[thread].isFull, slot);
      rows += count;
      blankLines += board[word + CHUNK.blankLines];
      placed++;
      continue;
    }
    onProgress?.({ phase: 'reading', completed: placed * chunkBytes, total: bytes.length });
    if (!own.isOver && own.hasRoom) own.scanNext();
    else Atomics.wait(board, word + CHUNK.place, 0, PATIENCE_MS);
    yield;
  }
  onProgress?.({ phase: 'reading', completed: bytes.length, total: bytes.length });
  return { columns, rows, blankLines };
}
