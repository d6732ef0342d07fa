import { AS_NUMBERS, type ColumnsInProgress } from './columns-in-progress.ts';
import type { Dialect } from './dialect.ts';
import { POWERS } from './scan-number.ts';
import { widePowers } from './wide-powers.ts';

/** The exports of `assembly/rows.ts`. */
interface Exports extends Readonly<
  Record<
    | 'columns'
    | 'separator'
    | 'mark'
    | 'kinds'
    | 'values'
    | 'columnBytes'
    | 'state'
    | 'exactPowers'
    | 'widePowers',
    WebAssembly.Global
  >
> {
  scanRows(
    start: number,
    firstColumn: number,
    firstRow: number,
    lastRow: number,
    rowLimit: number,
    valueLimit: number,
    end: number,
  ): number;
}

const PAGE = 1 << 16;
/** Constants of the module itself are in front of these. */
const EXACT_POWERS = 2 << 10;
const WIDE_POWERS = 4 << 10;
const STATE = 12 << 10;
const KINDS = STATE + 16;
const TEXT = PAGE;
const TEXT_BYTES = 5 * PAGE;
/** The module may look at bytes beyond the text, and there is something else than a blank. */
const VALUES = TEXT + TEXT_BYTES + PAGE;
const VALUES_BYTES = 16 * PAGE;
const MAX_PAGES = (VALUES + VALUES_BYTES) / PAGE;

/** Values that start in the last bytes of a text are left to the caller; see `scanRows`. */
const LOOKAHEAD = 64;
/** With more columns, a block would have too few rows. */
const MAX_COLUMNS = 4096;
/** Columns start at different places of the processor's caches when their length is an odd number of lines. */
const LINE_VALUES = 8;
/** No byte is this one. */
const NO_BYTE = 256;

/** Where reading stopped in a text. */
export interface Place {
  /** Where a value starts that is not read. */
  readonly at: number;
  readonly column: number;
  /** The row's place in the block. */
  readonly row: number;
  /** Where its line starts. */
  readonly rowStart: number;
}

/** Where reading stopped, and what was read. */
export interface Progress extends Place {
  /** Whether a value was a number, and not missing. */
  readonly hasNumbers: boolean;
}

/**
 * Rows of plain numbers on their way from the bytes of a text to the arrays of its columns. WebAssembly reads the numbers, which
 * takes a third of the time. A block of text is copied to its memory, and the numbers from it: both fit into the processor's
 * cache.
 */
export class NumberBlock {
  /** Greatest number of rows. */
  readonly capacity: number;
  readonly #exports: Exports;
  readonly #memory: Uint8Array;
  readonly #state: Uint32Array;
  readonly #kinds: Uint8Array;
  readonly #values: Float64Array;
  readonly #isByRow: boolean;
  #bytes: Uint8Array = new Uint8Array();
  /** The bytes of the text that lie in the memory. */
  #from = 0;
  #end = 0;

  private constructor(
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    dialect: Dialect,
    { kinds }: ColumnsInProgress,
  ) {
    // WebAssembly has no types of its own in TypeScript: these are the exports of assembly/rows.ts.
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    const lines = Math.floor(VALUES_BYTES / (8 * LINE_VALUES) / kinds.length);
    this.capacity = Math.max(1, lines - (1 - (lines % 2))) * LINE_VALUES;
    this.#memory = new Uint8Array(memory.buffer);
    this.#state = new Uint32Array(memory.buffer, STATE, 4);
    this.#kinds = new Uint8Array(memory.buffer, KINDS, kinds.length);
    this.#values = new Float64Array(memory.buffer, VALUES, VALUES_BYTES / 8);
    this.#kinds.set(kinds);
    new Float64Array(memory.buffer, EXACT_POWERS).set(POWERS);
    new BigUint64Array(memory.buffer, WIDE_POWERS).set(widePowers());
    const { delimiter, decimal } = dialect;
    const globals = {
      columns: kinds.length,
      separator: delimiter === 'none' ? NO_BYTE : delimiter.charCodeAt(0),
      mark: decimal.charCodeAt(0),
      kinds: KINDS,
      values: VALUES,
      columnBytes: 8 * this.capacity,
      state: STATE,
      exactPowers: EXACT_POWERS,
      widePowers: WIDE_POWERS,
    };
    for (const [name, value] of Object.entries(globals)) {
      this.#exports[name as keyof typeof globals].value = value;
    }
    this.#isByRow = mayStartLikeValue(dialect);
  }

  /**
   * A block for a text; undefined where it does not help, or there is no memory for it.
   *
   * @param columns which of them are numbers; `fail` tells what becomes of them
   */
  static for(
    module: WebAssembly.Module,
    dialect: Dialect,
    columns: ColumnsInProgress,
  ): NumberBlock | undefined {
    const { delimiter, names } = dialect;
    const memory = delimiter === ' ' || names.length > MAX_COLUMNS ? undefined : newMemory();
    return memory && new NumberBlock(module, memory, dialect, columns);
  }

  /**
   * Reads values while they are plain numbers or missing, from a place on.
   *
   * @param bytes the text
   * @param until lines that start here or later are not read
   * @param lastRow a row of the block that is not read
   */
  scan(bytes: Uint8Array, place: Place, until: number, lastRow: number): Progress {
    let { at, column, row, rowStart } = place;
    let hasNumbers = false;
    const last = this.#isByRow ? Math.min(lastRow, row + 1) : lastRow;
    for (;;) {
      this.#load(bytes, at);
      const shift = TEXT - this.#from;
      const next = this.#exports.scanRows(
        at + shift,
        column,
        row,
        last,
        Math.min(until + shift, TEXT + TEXT_BYTES),
        this.#end + shift - LOOKAHEAD,
        this.#end + shift,
      );
      hasNumbers ||= this.#state[3] > 0;
      const isStuck = next - shift === at;
      at = next - shift;
      [column, row] = this.#state;
      if (this.#state[2] > 0) rowStart = this.#state[2] - shift;
      const isOver = row === last || (column === 0 && at >= until);
      if (isStuck || isOver || at < this.#end - LOOKAHEAD || this.#end === bytes.length) {
        return { at, column, row, rowStart, hasNumbers };
      }
    }
  }

  /** Stores a number that the caller has read. */
  put(column: number, row: number, value: number): void {
    this.#values[column * this.capacity + row] = value;
  }

  /** The values of a column are not numbers. */
  fail(column: number): void {
    this.#kinds[column] = 1;
  }

  /** Copies the first rows of the block to their place in the columns. */
  flush({ kinds, numbers }: ColumnsInProgress, firstRow: number, rows: number): void {
    for (let column = 0; column < kinds.length; column++) {
      if (kinds[column] !== AS_NUMBERS) continue;
      const start = column * this.capacity;
      numbers[column].set(this.#values.subarray(start, start + rows), firstRow);
    }
  }

  /** Copies a part of the text from a byte on, unless what is there is enough. */
  #load(bytes: Uint8Array, at: number): void {
    const isThere = bytes === this.#bytes && at >= this.#from && at < this.#end - LOOKAHEAD;
    if (isThere) return;
    this.#bytes = bytes;
    this.#from = at;
    this.#end = Math.min(bytes.length, at + TEXT_BYTES);
    this.#memory.set(bytes.subarray(at, this.#end), TEXT);
  }
}

/** Undefined where the process may not have as many addresses as WebAssembly takes for a memory. */
function newMemory(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: MAX_PAGES, maximum: MAX_PAGES });
  } catch {
    return undefined;
  }
}

/** Whether a comment or a header in the middle may start like a row of numbers. */
function mayStartLikeValue({ comment, headerLine, delimiter, decimal }: Dialect): boolean {
  const header = headerLine === undefined ? '' : String.fromCharCode(headerLine[0]);
  return [(comment ?? '').charAt(0), header].some(
    (first) => first !== '' && `-0123456789${decimal}${delimiter}`.includes(first),
  );
}
