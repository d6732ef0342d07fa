import Papa from 'papaparse';
import { FormatError } from '../../errors.ts';

/** The place of a row, or of one of its fields, counted from 1. */
export type Locate = (column?: number) => { file: string; row: number; column: number | undefined };

/**
 * Greatest number of characters of a line: a million numbers, for example. A file that is not CSV may have no line
 * breaks at all.
 */
const MAX_LINE_LENGTH = 2 ** 25;

/** The part of Papa Parse's results that is used. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly message: string }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Divides a text that comes in pieces into rows of cells (RFC 4180). A row is passed to the caller as soon as it is
 * complete. Only the unfinished last row is kept, so a text may be longer than the longest string.
 */
export class CsvRows {
  readonly #file: string;
  readonly #delimiter: string;
  readonly #onRow: (cells: readonly string[], locate: Locate) => void;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #newline: string | undefined;
  /** Text that is read but not passed on yet, and its length when it was last found to have no complete row. */
  #rest = '';
  #tried = 0;
  /** Line breaks in the text that was passed on. */
  #linesBefore = 0;

  /** @param onRow called with every row, also empty ones */
  constructor(file: string, delimiter: string, onRow: (cells: readonly string[], locate: Locate) => void) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#onRow = onRow;
  }

  /** @throws {FormatError} when it is not UTF-8, or a row is too long; and what `onRow` throws */
  read(piece: Uint8Array): void {
    this.#rest += this.#decode(piece);
    // An unfinished row is parsed again only when it is twice as long: otherwise the time would grow with the square of
    // its length.
    if (this.#rest.length < 2 * this.#tried && this.#rest.length <= MAX_LINE_LENGTH) return;
    this.#newline ??= newlineOf(this.#rest, this.#delimiter);
    const cursor = this.#newline === undefined ? 0 : this.#parse(this.#newline, true);
    this.#linesBefore += lineBreaks(this.#rest, cursor);
    this.#rest = this.#rest.slice(cursor);
    this.#tried = this.#rest.length;
    if (this.#tried > MAX_LINE_LENGTH) {
      throw new FormatError(
        { file: this.#file, row: this.#linesBefore + 1 },
        `the line does not end within ${MAX_LINE_LENGTH} characters. Is this CSV? Its lines end with line breaks.`,
      );
    }
  }

  /** Passes the last row on. */
  end(): void {
    this.#rest += this.#decode();
    this.#parse(this.#newline ?? newlineOf(this.#rest, this.#delimiter, true) ?? '\n', false);
    this.#rest = '';
  }

  /** @returns where the first unfinished row starts */
  #parse(newline: string, moreFollows: boolean): number {
    const text = this.#rest;
    let rowStart = 0;
    const config = {
      delimiter: this.#delimiter,
      newline: newline as Papa.ParseConfig['newline'],
      step: ({ data, errors, meta }: Parsed) => {
        const start = rowStart;
        const locate: Locate = (column) => ({
          file: this.#file,
          row: this.#linesBefore + lineBreaks(text, endOfBreaks(text, start)) + 1,
          column,
        });
        if (errors.length > 0) throw new FormatError(locate(), `${errors[0].message}.`);
        this.#onRow(data[0], locate);
        rowStart = meta.cursor;
      },
    };
    new Papa.Parser(config).parse(text, 0, moreFollows);
    return rowStart;
  }

  #decode(piece?: Uint8Array): string {
    try {
      return piece === undefined ? this.#decoder.decode() : this.#decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw new FormatError({ file: this.#file }, 'the text is not UTF-8. Save it as UTF-8, or as NPY.', {
        cause,
      });
    }
  }
}

/**
 * Checks the start of a file that should be text.
 *
 * @throws {FormatError} when there is a zero byte, which text never has
 */
export function requireText(head: Uint8Array, file: string): void {
  const at = head.indexOf(0);
  if (at < 0) return;
  throw new FormatError(
    { file },
    `byte ${at} (from 0) is zero, which the text of a CSV file never has. Is this a file of another format?`,
  );
}

/**
 * How lines end, from the first line.
 *
 * @returns undefined while that is not certain: a carriage return at the end may be half of a Windows line break
 */
function newlineOf(text: string, delimiter: string, isWhole = false): string | undefined {
  const first = /[\r\n]/.exec(text)?.index;
  if (first === undefined || (!isWhole && text.endsWith('\r'))) return undefined;
  return Papa.parse(text, { delimiter, preview: 1 }).meta.linebreak;
}

/** Where a row's text starts, after blank lines. */
function endOfBreaks(text: string, start: number): number {
  let at = start;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/** Line breaks of any kind in the first characters of a text. */
function lineBreaks(text: string, length: number): number {
  let count = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) count++;
  }
  return count;
}

const LINE_FEED = '\n'.charCodeAt(0);
const CARRIAGE_RETURN = '\r'.charCodeAt(0);
