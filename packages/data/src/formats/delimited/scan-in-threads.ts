import { inTurns } from '@shoal/core/engine-kit';
import type { ReadRequest } from '../format.ts';
import { nodeThreads } from '../threads.ts';
import { LINE_FEED } from './ascii.ts';
import { ColumnsInProgress } from './columns-in-progress.ts';
import type { OpenedText } from './open-delimited.ts';
import { scanPart, type PartOfText, type ScannedPart } from './scan-part.ts';
import source from './scan-thread.ts?script';
import { capacityFor, type ScannedText } from './scan-whole.ts';

/** How far a text is divided. */
interface Limits {
  readonly threads: number;
  /** Each thread gets at least this many bytes. */
  readonly partBytes: number;
}

/** More threads would wait for the memory. */
const MAX_THREADS = 8;

function usualLimits(): Limits {
  return { threads: Math.min(MAX_THREADS, nodeThreads()?.processors ?? 1), partBytes: 1 << 24 };
}

/**
 * Divides a text of numbers among the threads of the machine.
 *
 * @returns undefined when one thread must read the text: it is short, not in shared memory, or has anything but plain numbers
 * @throws the signal's reason when aborted
 */
export async function scanInThreads(
  opened: OpenedText,
  {
    signal,
    onProgress,
    module,
  }: Pick<ReadRequest, 'signal' | 'onProgress'> & { readonly module?: WebAssembly.Module | undefined },
  limits: Limits = usualLimits(),
): Promise<ScannedText | undefined> {
  const parts = partsOf(opened, limits).map((part) => ({ ...part, module }));
  if (parts.length < 2) return undefined;
  const [own, ...others] = parts;
  const threads = others.map(startThread);
  try {
    const total = opened.text.bytes.length;
    onProgress?.({ phase: 'reading', completed: 0, total });
    const first = await inTurns(scanPart(own), signal);
    const scanned = [first, ...(await Promise.all(threads.map(({ result }) => result)))];
    signal?.throwIfAborted();
    onProgress?.({ phase: 'reading', completed: total, total });
    return joined(scanned, opened);
  } finally {
    for (const { stop } of threads) stop();
  }
}

/** Parts of about one length that start after line feeds. */
function partsOf(
  { text: { bytes }, sniffed: { dialect, isText, lineBytes } }: OpenedText,
  { threads, partBytes }: Limits,
): readonly PartOfText[] {
  const isShared = typeof SharedArrayBuffer !== 'undefined' && bytes.buffer instanceof SharedArrayBuffer;
  const { dataStart } = dialect;
  const length = bytes.length - dataStart;
  const count = Math.min(threads, Math.floor(length / partBytes));
  if (!isShared || count < 2 || isText.includes(true)) return [];
  const starts = Array.from({ length: count }, (_, i) =>
    i === 0 ? dataStart : bytes.indexOf(LINE_FEED, dataStart + Math.floor((i * length) / count)) + 1,
  );
  if (starts.some((start, i) => i > 0 && start <= starts[i - 1])) return [];
  return starts.map((start, i) => {
    const end = i + 1 < count ? starts[i + 1] : bytes.length;
    // The other parts are put after the first one. Room that is not written to takes no memory.
    const capacity = capacityFor(i === 0 ? length : end - start, lineBytes);
    return { bytes, dialect, start, end, capacity };
  });
}

interface ScanThread {
  /** Undefined as well when the thread dies: the text is then read without it. */
  readonly result: Promise<ScannedPart | undefined>;
  readonly stop: () => void;
}

function startThread(part: PartOfText): ScanThread {
  const { Worker } = nodeThreads()!;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(url, { name: 'shoal-csv', workerData: part, execArgv: [], env: {} });
  const result = new Promise<ScannedPart | undefined>((resolve) => {
    worker.on('message', resolve);
    worker.on('error', () => {
      resolve(undefined);
    });
    worker.on('exit', () => {
      resolve(undefined);
    });
  });
  return { result, stop: () => void worker.terminate() };
}

/** The parts one after the other; undefined when one of them could not be read. */
function joined(
  scanned: readonly (ScannedPart | undefined)[],
  { text: { bytes }, sniffed: { isText } }: OpenedText,
): ScannedText | undefined {
  const parts = scanned.filter((part) => part !== undefined);
  if (parts.length < scanned.length) return undefined;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = new ColumnsInProgress(bytes, isText, 0);
  const [first, ...others] = parts;
  for (let j = 0; j < isText.length; j++) {
    const values = withRoom(first.numbers[j], first.rows, rows);
    let at = first.rows;
    for (const part of others) {
      values.set(part.numbers[j].subarray(0, part.rows), at);
      at += part.rows;
      // Its memory is for the next columns.
      part.numbers[j] = new Float64Array(0);
    }
    columns.numbers[j] = values;
  }
  return {
    columns,
    rows,
    blankLines: parts.reduce((sum, { blankLines }) => sum + blankLines, 0),
    repeatedHeaders: parts.flatMap(({ repeatedHeaders }) => repeatedHeaders),
    hasBareNumbers: parts.some(({ hasBareNumbers }) => hasBareNumbers),
  };
}

/** The first `filled` values with room for `rows`: the array itself where it is long enough. */
function withRoom(values: Float64Array, filled: number, rows: number): Float64Array {
  if (values.length >= rows) return values;
  const longer = new Float64Array(rows);
  longer.set(values.subarray(0, filled));
  return longer;
}
