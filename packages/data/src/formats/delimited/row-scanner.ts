import { FormatError } from '../../errors.ts';
import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from './ascii.ts';
import { AS_NUMBERS, AS_TEXTS, SKIPPED, type ColumnsInProgress } from './columns-in-progress.ts';
import { AFTER_LINE, AFTER_VALUE, IN_VALUE, meaningOfBytes, type Dialect } from './dialect.ts';
import { lineOf } from './line-of.ts';
import { isMissingText } from '../missing-words.ts';
import type { NumberBlock } from './number-block.ts';
import { scanNumber, scanShort, SHORT_BYTES } from './scan-number.ts';

/** Divides the bytes of a text into rows (RFC 4180), and gives each value to its column. */
export class RowScanner {
  readonly #bytes: Uint8Array;
  readonly #file: string;
  readonly #columns: ColumnsInProgress;
  readonly #meaning: Uint8Array;
  readonly #decimal: number;
  readonly #quote: number;
  readonly #comment: Uint8Array;
  readonly #header: Uint8Array;
  readonly #isSpaced: boolean;
  readonly #number = new Float64Array(1);
  readonly #block: NumberBlock | undefined;
  /** The first row of the block. */
  #firstRow = 0;
  /** The first byte that is not read. */
  at: number;
  rows = 0;
  blankLines = 0;
  commentLines = 0;
  /** Where lines start that repeat the header. */
  readonly repeatedHeaders: number[] = [];
  /** Whether a value stands in quotes. */
  hasQuotes = false;
  /** Whether a number stands without quotes. */
  hasBareNumbers = false;
  /** The text of the last value that `#scanValue` passed, without quotes and blanks around it. */
  #start = 0;
  #end = 0;
  #column = 0;
  #rowStart = 0;
  #isQuoted = false;
  #isEscaped = false;

  /** @param block reads rows of numbers, if given */
  constructor(
    bytes: Uint8Array,
    file: string,
    dialect: Dialect,
    columns: ColumnsInProgress,
    block?: NumberBlock,
  ) {
    this.#bytes = bytes;
    this.#file = file;
    this.#columns = columns;
    this.#meaning = meaningOfBytes(dialect.delimiter);
    this.#decimal = dialect.decimal.charCodeAt(0);
    this.#quote = dialect.quote.charCodeAt(0);
    this.#comment = new TextEncoder().encode(dialect.comment ?? '');
    this.#header = dialect.headerLine ?? new Uint8Array();
    this.#isSpaced = dialect.delimiter === ' ';
    this.at = dialect.dataStart;
    this.#block = block;
  }

  /**
   * Reads the lines that start before a byte.
   *
   * @throws {FormatError} when a line has too few or too many values, or quotes are broken
   */
  scan(until: number): void {
    const bytes = this.#bytes;
    const stop = Math.min(until, bytes.length);
    while (this.at < stop) {
      const start = this.#skipBlanks(this.at);
      if (start >= bytes.length) {
        this.at = start;
      } else if (this.#meaning[bytes[start]] === AFTER_LINE) {
        this.blankLines++;
        this.at = this.#afterLine(start);
      } else if (this.#isComment(start)) {
        this.commentLines++;
        this.at = this.#afterLine(this.#endOfLine(start));
      } else if (this.#isHeader(start)) {
        this.repeatedHeaders.push(start);
        this.at = this.#afterLine(start + this.#header.length);
      } else {
        this.#scanRow(this.#isSpaced ? start : this.at, stop);
      }
    }
    this.#flush();
  }

  /** Reads a row, and the next ones up to `stop` while they are of plain numbers. */
  #scanRow(start: number, stop: number): void {
    if (this.rows === this.#columns.capacity || this.rows - this.#firstRow === this.#block?.capacity)
      this.#flush();
    if (this.rows === this.#columns.capacity) this.#columns.grow();
    this.#rowStart = start;
    const bytes = this.#bytes;
    const meaning = this.#meaning;
    const end = bytes.length;
    const { kinds, dictionaries } = this.#columns;
    let at = start;
    for (let column = 0; ; column++) {
      if (!this.#isSpaced) {
        at =
          this.#block === undefined
            ? this.#scanNumbers(column, at)
            : this.#scanBlock(this.#block, column, at, stop);
        if (at < 0) return;
        column = this.#column;
      }
      at = this.#scanValue(at);
      const kind = column < kinds.length ? kinds[column] : SKIPPED;
      if (kind === AS_NUMBERS) this.#takeNumber(column);
      else if (kind === AS_TEXTS) {
        dictionaries[column]!.add(this.rows, this.#start, this.#end, this.#isQuoted, this.#isEscaped);
      }
      if (at < end && meaning[bytes[at]] === AFTER_VALUE) {
        at = this.#isSpaced ? this.#skipBlanks(at + 1) : at + 1;
        if (!this.#isSpaced || (at < end && meaning[bytes[at]] === IN_VALUE)) continue;
      }
      this.#endRow(this.#rowStart, at, column + 1);
      return;
    }
  }

  /**
   * Does the same as `#scanNumbers`, over the ends of lines.
   *
   * @returns where the first other value starts, whose column is then in `#column`; -1 when the line is complete
   */
  #scanBlock(block: NumberBlock, first: number, start: number, stop: number): number {
    if (this.#columns.kinds[first] !== AS_NUMBERS) {
      this.#column = first;
      return start;
    }
    const firstRow = this.#firstRow;
    const lastRow = Math.min(block.capacity, this.#columns.capacity - firstRow);
    const row = this.rows - firstRow;
    const place = block.scan(
      this.#bytes,
      { at: start, column: first, row, rowStart: this.#rowStart },
      stop,
      lastRow,
    );
    if (place.hasNumbers) this.hasBareNumbers = true;
    this.rows = firstRow + place.row;
    this.#column = place.column;
    this.#rowStart = place.rowStart;
    if (place.row === row || place.column > 0) return place.at;
    this.at = place.at;
    return -1;
  }

  /** Puts the rows of the block to their place in the columns. */
  #flush(): void {
    this.#block?.flush(this.#columns, this.#firstRow, this.rows - this.#firstRow);
    this.#firstRow = this.rows;
  }

  #put(column: number, value: number): void {
    if (this.#block === undefined) this.#columns.numbers[column][this.rows] = value;
    else this.#block.put(column, this.rows - this.#firstRow, value);
  }

  /**
   * Reads values from a column on while they are plain numbers, as most are.
   *
   * @returns where the first other value starts, whose column is then in `#column`; -1 when the row is complete
   */
  #scanNumbers(first: number, start: number): number {
    const bytes = this.#bytes;
    const meaning = this.#meaning;
    const decimal = this.#decimal;
    const out = this.#number;
    const row = this.rows;
    const { kinds, numbers } = this.#columns;
    const columns = kinds.length;
    const safe = bytes.length - SHORT_BYTES;
    let at = start;
    let column = first;
    while (column < columns && kinds[column] === AS_NUMBERS && at < safe) {
      const next = scanShort(bytes, at, decimal, out);
      if (next < 0) break;
      const after = meaning[bytes[next]];
      if (after === IN_VALUE || (after === AFTER_LINE && column + 1 < columns)) break;
      numbers[column][row] = out[0];
      if (after === AFTER_LINE) {
        this.rows++;
        this.at = this.#afterLine(next);
        this.hasBareNumbers = true;
        return -1;
      }
      at = next + 1;
      column++;
    }
    this.#column = column;
    if (column > first) this.hasBareNumbers = true;
    return at;
  }

  #endRow(start: number, at: number, values: number): void {
    this.at = this.#afterLine(at);
    if (values === this.#columns.kinds.length || this.#hasTrailingSeparator(values)) this.rows++;
    else if (this.#isBlank(start, at)) this.blankLines++;
    else throw this.#ragged(start, values);
  }

  /** A value that does not look like a plain number: missing, in quotes, with blanks behind it, or something else. */
  #takeNumber(column: number): void {
    const { quotedWords } = this.#columns;
    const bytes = this.#bytes;
    const start = this.#start;
    const end = this.#end;
    if (start < end && scanNumber(bytes, start, end, this.#decimal, this.#number) === end) {
      this.#put(column, this.#number[0]);
      if (!this.#isQuoted) this.hasBareNumbers = true;
    } else if (isMissingText(bytes, start, end)) {
      this.#put(column, NaN);
      if (this.#isQuoted && start < end) quotedWords[column] = 1;
    } else {
      this.#columns.fail(column);
      this.#block?.fail(column);
    }
  }

  /** @returns the index after the value: that of the separator, of the line's end, or of the text's */
  #scanValue(from: number): number {
    const bytes = this.#bytes;
    const meaning = this.#meaning;
    const end = bytes.length;
    let at = this.#isSpaced ? from : this.#skipBlanks(from);
    if (at < end && bytes[at] === this.#quote) return this.#scanQuoted(at);
    this.#start = at;
    this.#isQuoted = false;
    this.#isEscaped = false;
    while (at < end && meaning[bytes[at]] === IN_VALUE) at++;
    let last = at;
    while (last > this.#start && (bytes[last - 1] === SPACE || bytes[last - 1] === TAB)) last--;
    this.#end = last;
    return at;
  }

  #scanQuoted(opening: number): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    const quote = this.#quote;
    let at = opening + 1;
    this.#isQuoted = true;
    this.#isEscaped = false;
    this.hasQuotes = true;
    while (at < end && (bytes[at] !== quote || bytes[at + 1] === quote)) {
      if (bytes[at] === quote) {
        this.#isEscaped = true;
        at++;
      }
      at++;
    }
    if (at >= end) {
      throw this.#error(
        opening,
        'the value that starts with a quote here does not end with one. Add the quote.',
      );
    }
    this.#start = opening + 1;
    this.#end = at;
    const next = this.#isSpaced ? at + 1 : this.#skipBlanks(at + 1);
    if (next < end && this.#meaning[bytes[next]] === IN_VALUE) {
      throw this.#error(
        opening,
        'text follows a quoted value before the next separator. Write a quote within quotes twice.',
      );
    }
    return next;
  }

  /** The next byte that is no blank; a tab that separates values is not skipped. */
  #skipBlanks(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (
      at < bytes.length &&
      (bytes[at] === SPACE || (bytes[at] === TAB && (this.#isSpaced || this.#meaning[TAB] === IN_VALUE)))
    ) {
      at++;
    }
    return at;
  }

  #endOfLine(from: number): number {
    let at = from;
    while (at < this.#bytes.length && this.#meaning[this.#bytes[at]] !== AFTER_LINE) at++;
    return at;
  }

  /** The start of the next line. */
  #afterLine(at: number): number {
    if (at >= this.#bytes.length) return at;
    return this.#bytes[at] === CARRIAGE_RETURN && this.#bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  }

  #isComment(at: number): boolean {
    return this.#comment.length > 0 && this.#comment.every((byte, i) => this.#bytes[at + i] === byte);
  }

  #isHeader(at: number): boolean {
    const header = this.#header;
    if (header.length === 0 || this.#bytes[at] !== header[0]) return false;
    const end = at + header.length;
    const isAtEnd = end >= this.#bytes.length || this.#meaning[this.#bytes[end]] === AFTER_LINE;
    return isAtEnd && header.every((byte, i) => this.#bytes[at + i] === byte);
  }

  /** Whether the line has one value more than the table, and that is empty. */
  #hasTrailingSeparator(values: number): boolean {
    return values === this.#columns.kinds.length + 1 && this.#start === this.#end;
  }

  #isBlank(start: number, end: number): boolean {
    for (let at = start; at < end; at++) {
      const byte = this.#bytes[at];
      if (byte !== SPACE && byte !== TAB && this.#meaning[byte] !== AFTER_VALUE) return false;
    }
    return true;
  }

  #ragged(start: number, values: number): FormatError {
    const { length } = this.#columns.kinds;
    const column = values > length ? length + 1 : values;
    return this.#error(
      start,
      `the line has ${values} ${values === 1 ? 'value' : 'values'}, but the table has ${length} ${length === 1 ? 'column' : 'columns'}. Mend the line, or name another delimiter.`,
      column,
    );
  }

  #error(at: number, message: string, column?: number): FormatError {
    return new FormatError({ file: this.#file, row: lineOf(this.#bytes, at), column }, message);
  }
}
