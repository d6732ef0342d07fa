import { FormatError } from '../../errors.ts';
import { AS_NUMBERS, ColumnsInProgress } from './columns-in-progress.ts';
import { NumberBlock } from './number-block.ts';
import { RowScanner } from './row-scanner.ts';
import {
  BOARD,
  CHUNK,
  chunkOf,
  placeWord,
  slotColumns,
  SLOTS,
  type Chunk,
  type SharedScan,
} from './shared-scan.ts';

/** What a thread has seen in its chunks. */
export interface Seen {
  readonly repeatedHeaders: readonly number[];
  readonly hasBareNumbers: boolean;
  readonly hasComments: boolean;
}

/** A thread's part in reading a text whose columns are all of numbers. */
export class ChunkScanner {
  readonly #scan: SharedScan;
  readonly #thread: number;
  readonly #slots: readonly Float64Array[][];
  readonly #columns: ColumnsInProgress;
  readonly #block: NumberBlock | undefined;
  /** Slots are filled in turns, and become free in this order. */
  #slot = 0;
  readonly #repeatedHeaders: number[] = [];
  #hasBareNumbers = false;
  #hasComments = false;

  /** @param thread its number, which is that of its room */
  constructor(scan: SharedScan, thread: number) {
    const { bytes, dialect, module, slotRows } = scan;
    this.#scan = scan;
    this.#thread = thread;
    this.#slots = Array.from({ length: SLOTS }, (_, slot) => slotColumns(scan, thread, slot));
    const isText = dialect.names.map(() => false);
    this.#columns = new ColumnsInProgress(bytes, isText, 0);
    this.#columns.capacity = slotRows;
    this.#block = module && NumberBlock.for(module, dialect, this.#columns);
  }

  get seen(): Seen {
    return {
      repeatedHeaders: this.#repeatedHeaders,
      hasBareNumbers: this.#hasBareNumbers,
      hasComments: this.#hasComments,
    };
  }

  /** Whether no thread need take a chunk any more: all are taken, or the threads have given up. */
  get isOver(): boolean {
    const { board, chunks } = this.#scan;
    return Atomics.load(board, BOARD.next) >= chunks || Atomics.load(board, BOARD.stop) !== 0;
  }

  /** Whether there is room for the numbers of another chunk. */
  get hasRoom(): boolean {
    return Atomics.load(this.#scan.rooms[this.#thread].isFull, this.#slot) === 0;
  }

  /** Sleeps until there is room, or the threads give up. */
  waitForRoom(): void {
    Atomics.wait(this.#scan.rooms[this.#thread].isFull, this.#slot, 1);
  }

  /** Takes the next chunk, and reads its numbers. If it cannot, all threads give up. */
  scanNext(): void {
    const { board, chunks, rooms } = this.#scan;
    const slot = this.#slot;
    const index = Atomics.add(board, BOARD.next, 1);
    if (index >= chunks) return;
    const chunk = chunkOf(this.#scan, index);
    const scanner = chunk && this.#read(chunk);
    if (scanner === undefined) {
      giveUp(this.#scan);
      return;
    }
    const word = BOARD.chunks + CHUNK.words * index;
    board[word + CHUNK.rows] = scanner.rows;
    board[word + CHUNK.blankLines] = scanner.blankLines;
    Atomics.store(rooms[this.#thread].isFull, slot, 1);
    Atomics.store(board, word + CHUNK.place, placeWord(this.#thread, slot));
    Atomics.notify(board, word + CHUNK.place);
    this.#slot = (slot + 1) % SLOTS;
  }

  /**
   * @returns undefined when only the whole text can be judged: a value is in quotes, which may hold line breaks, or is not a
   *   number, or a line is malformed
   */
  #read({ start, end }: Chunk): RowScanner | undefined {
    const { bytes, dialect } = this.#scan;
    const columns = this.#columns;
    for (const [j, values] of this.#slots[this.#slot].entries()) columns.numbers[j] = values;
    const text = bytes.subarray(0, end);
    const scanner = new RowScanner(text, 'chunk', { ...dialect, dataStart: start }, columns, this.#block);
    try {
      scanner.scan(end);
    } catch (error) {
      if (error instanceof FormatError) return undefined;
      throw error;
    }
    if (scanner.hasQuotes || columns.kinds.some((kind) => kind !== AS_NUMBERS)) return undefined;
    for (const row of scanner.repeatedHeaders) this.#repeatedHeaders.push(row);
    this.#hasBareNumbers ||= scanner.hasBareNumbers;
    this.#hasComments ||= scanner.commentLines > 0;
    return scanner;
  }
}

/** Ends the work of all threads. */
export function giveUp({ board, chunks, rooms }: SharedScan): void {
  Atomics.store(board, BOARD.stop, 1);
  for (let index = 0; index < chunks; index++) {
    Atomics.notify(board, BOARD.chunks + CHUNK.words * index + CHUNK.place);
  }
  for (const { isFull } of rooms) {
    isFull.fill(0);
    for (let slot = 0; slot < SLOTS; slot++) Atomics.notify(isFull, slot);
  }
}
