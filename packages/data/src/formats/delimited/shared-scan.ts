import { LINE_FEED } from './ascii.ts';
import type { Dialect } from './dialect.ts';

/** Chunks of numbers that a thread may be ahead of the thread that puts them in order. */
export const SLOTS = 4;

/** The words of `board`: the next chunk that no thread has taken, whether all must stop, and some for each chunk. */
export const BOARD = { next: 0, stop: 1, chunks: 2 } as const;
/** The words of a chunk: where its numbers are (see `placeWord`; 0 before they are read), and how many rows there are. */
export const CHUNK = { place: 0, rows: 1, blankLines: 2, words: 3 } as const;

/** A text that threads divide: all of them take the next chunk from `board` until there is none. */
export interface SharedScan {
  /** The whole text, in shared memory. */
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  /** Reads rows of numbers, if given. */
  readonly module: WebAssembly.Module | undefined;
  readonly chunkBytes: number;
  readonly chunks: number;
  /** Rows that there is room for in a slot: more than a chunk can have. */
  readonly slotRows: number;
  readonly board: Int32Array;
  /** The room of each thread. */
  readonly rooms: readonly SharedRoom[];
}

/** Room of one thread for the numbers of `SLOTS` chunks. */
interface SharedRoom {
  /** `SLOTS` times one column after the other, `slotRows` each. */
  readonly numbers: Float64Array;
  /** For each slot 1 until its numbers have been put to their place. */
  readonly isFull: Int32Array;
}

/** Some lines of a text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** @throws {RangeError} when there is too little memory */
export function shareScan(
  bytes: Uint8Array,
  dialect: Dialect,
  module: WebAssembly.Module | undefined,
  { threads, chunkBytes }: { readonly threads: number; readonly chunkBytes: number },
): SharedScan {
  const columns = dialect.names.length;
  const chunks = Math.ceil((bytes.length - dialect.dataStart) / chunkBytes);
  // A value takes a byte at least, and a chunk is at most twice as long as it should be.
  const slotRows = Math.ceil((2 * chunkBytes) / columns) + 1;
  const shared = (length: number): SharedArrayBuffer => new SharedArrayBuffer(length);
  return {
    bytes,
    dialect,
    module,
    chunkBytes,
    chunks,
    slotRows,
    board: new Int32Array(shared(4 * (BOARD.chunks + CHUNK.words * chunks))),
    rooms: Array.from({ length: threads }, () => ({
      numbers: new Float64Array(shared(8 * SLOTS * columns * slotRows)),
      isFull: new Int32Array(shared(4 * SLOTS)),
    })),
  };
}

/** The lines of a chunk; undefined where a line is longer than a chunk. */
export function chunkOf(scan: SharedScan, index: number): Chunk | undefined {
  const start = startOfChunk(scan, index);
  const end = startOfChunk(scan, index + 1);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Where the first line starts that starts at the place of a chunk or behind it. */
function startOfChunk({ bytes, dialect, chunkBytes }: SharedScan, index: number): number | undefined {
  const place = dialect.dataStart + index * chunkBytes;
  if (index === 0) return place;
  if (place >= bytes.length) return bytes.length;
  const lineFeed = bytes.subarray(place - 1, place - 1 + chunkBytes).indexOf(LINE_FEED);
  if (lineFeed >= 0) return place + lineFeed;
  return place - 1 + chunkBytes < bytes.length ? undefined : bytes.length;
}

/** The columns of a slot. */
export function slotColumns(
  { dialect, slotRows, rooms }: SharedScan,
  thread: number,
  slot: number,
): Float64Array[] {
  const columns = dialect.names.length;
  return dialect.names.map((_, j) => {
    const start = (slot * columns + j) * slotRows;
    return rooms[thread].numbers.subarray(start, start + slotRows);
  });
}

/** Says where the numbers of a chunk are, in a word that is not 0. */
export function placeWord(thread: number, slot: number): number {
  return 1 + thread * SLOTS + slot;
}

/** The thread and the slot of such a word. */
export function placeOf(word: number): readonly [thread: number, slot: number] {
  return [Math.floor((word - 1) / SLOTS), (word - 1) % SLOTS];
}
