import Papa from 'papaparse';
import { InvalidArgumentError, matrix, type Matrix, type MatrixData } from '@shoal/core';
import type { Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';
import { ClassColumn } from './class-column.ts';
import { shortened } from './shortened.ts';

/** Which column of a CSV file holds the label. */
export type LabelColumn = 'auto' | 'none' | 'first' | 'last' | number | { readonly name: string };

export interface CsvOptions {
  /** Name of the file, for errors. */
  readonly file?: string | undefined;
  /** Whether the first line names the columns; `auto` (default): when no value of it is a number. */
  readonly header?: 'auto' | 'yes' | 'no' | undefined;
  /**
   * The label's column: a number counts from 1, a name is looked up in the header. `auto` (default) takes the
   * column that the header calls "label", in any case of letters, and none when there is no such column.
   */
  readonly label?: LabelColumn | undefined;
  /** What separates values (default a comma). */
  readonly delimiter?: ',' | ';' | '\t' | undefined;
}

/** What a CSV file held. */
export interface CsvTable {
  /**
   * All columns but the label's: Uint8Array when every value is a whole number from 0 to 255, Float32Array when every
   * value is exact in it, else Float64Array.
   */
  readonly points: Matrix;
  readonly labels?: Labels | undefined;
  /** Names of the classes in alphabetical order, when the labels are words; labels are then indices into it. */
  readonly classNames?: readonly string[] | undefined;
  /** Names of the point columns, from the header. */
  readonly columnNames?: readonly string[] | undefined;
}

/**
 * Reads comma-separated numbers (RFC 4180), one point per line, with or without a header and a label column.
 * Blank lines are skipped; a header of numbers counts as data unless `header` says otherwise.
 *
 * @param bytes UTF-8 text, at most 512 MB
 * @throws {InvalidArgumentError} when the number of the label's column is not a whole number from 1
 * @throws {FormatError} naming line and column (both from 1) of a value that is missing, not a finite number, or
 *   too large for float32; of a line that is longer or shorter than the first; or of broken quotes
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvTable {
  const { file = 'CSV data', delimiter = ',' } = options;
  const text = decodeText(bytes, file);
  let table: TableBuilder | undefined;
  let lineStart = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    step({ data: cells, errors, meta }) {
      const locate = (column?: number) => ({ file, row: lineOf(text, lineStart), column });
      if (errors[0]) throw new FormatError(locate(), `${errors[0].message}.`);
      if (cells.length > 1 || cells[0].trim() !== '') {
        if (table) table.add(cells, locate);
        // Every value takes two bytes with its separator, which bounds their number.
        else table = startTable(cells, options, (bytes.length + 1) >> 1, locate);
      }
      lineStart = meta.cursor;
    },
  });
  if (!table || table.rows === 0) throw new FormatError({ file }, 'there are no rows of data.');
  return table.finish(file);
}

type Locate = (column?: number) => { file: string; row: number; column: number | undefined };

function startTable(cells: string[], options: CsvOptions, capacity: number, locate: Locate): TableBuilder {
  const { header = 'auto', label = 'auto' } = options;
  const positional = positionalLabel(label, cells.length);
  const hasHeader =
    header === 'yes' ||
    (header === 'auto' && cells.every((cell, j) => j === positional || Number.isNaN(parseNumber(cell))));
  const labelColumn = positional ?? namedLabel(label, hasHeader ? cells : undefined, locate);
  if (labelColumn !== undefined && labelColumn >= cells.length) {
    throw new FormatError(
      locate(),
      `the label is said to be in column ${String(labelColumn + 1)}, but there are ${String(cells.length)} columns.`,
    );
  }
  if (cells.length === 1 && labelColumn === 0) {
    throw new FormatError(locate(), 'the label is the only column; nothing is left to cluster.');
  }
  const table = new TableBuilder(cells.length, labelColumn, hasHeader ? cells : undefined, capacity);
  if (!hasHeader) table.add(cells, locate);
  return table;
}

function positionalLabel(label: LabelColumn, columns: number): number | undefined {
  if (label === 'first') return 0;
  if (label === 'last') return columns - 1;
  if (typeof label !== 'number') return undefined;
  if (!Number.isSafeInteger(label) || label < 1) {
    throw new InvalidArgumentError(`The label's column counts from 1; got ${String(label)}.`);
  }
  return label - 1;
}

function namedLabel(label: LabelColumn, header: string[] | undefined, locate: Locate): number | undefined {
  if (label === 'auto') {
    const found = header?.findIndex((name) => name.trim().toLowerCase() === 'label') ?? -1;
    return found < 0 ? undefined : found;
  }
  if (typeof label !== 'object') return undefined;
  const found = header?.findIndex((name) => name.trim() === label.name) ?? -1;
  if (found < 0) {
    const known = header
      ? `the header names ${shortened(header.slice(0, 5).join(', '))} ...`
      : 'there is no header';
    throw new FormatError(locate(), `no column is called "${shortened(label.name)}"; ${known}.`);
  }
  return found;
}

/** Collects rows as bytes, and turns to float32, or float64, at the first value that the numbers so far cannot hold. */
class TableBuilder {
  rows = 0;
  readonly #columns: number;
  readonly #labelColumn: number | undefined;
  readonly #header: readonly string[] | undefined;
  readonly #classes = new ClassColumn();
  #values: MatrixData;
  #count = 0;

  constructor(
    columns: number,
    labelColumn: number | undefined,
    header: readonly string[] | undefined,
    capacity: number,
  ) {
    this.#columns = columns;
    this.#labelColumn = labelColumn;
    this.#header = header;
    this.#values = new Uint8Array(capacity);
  }

  add(cells: readonly string[], locate: Locate): void {
    if (cells.length !== this.#columns) {
      throw new FormatError(
        locate(Math.min(cells.length, this.#columns) + (cells.length > this.#columns ? 1 : 0)),
        `the line has ${String(cells.length)} values, but the lines before it have ${String(this.#columns)}.`,
      );
    }
    for (let j = 0; j < cells.length; j++) {
      if (j === this.#labelColumn) {
        this.#classes.add(cells[j], () => locate(j + 1));
        continue;
      }
      const value = parseNumber(cells[j]);
      // The engines that compute in float32 could not even tell how far away such a value is.
      if (!Number.isFinite(Math.fround(value))) throw badValue(cells[j], locate(j + 1));
      this.#values[this.#count] = value;
      if (this.#values[this.#count] !== value) {
        this.#widen(Math.fround(value) === value ? Float32Array : Float64Array);
        this.#values[this.#count] = value;
      }
      this.#count++;
    }
    this.rows++;
  }

  finish(file: string): CsvTable {
    const points = matrix(
      this.#values.slice(0, this.#count),
      this.rows,
      this.#columns - (this.#labelColumn === undefined ? 0 : 1),
    );
    const columnNames = this.#header?.filter((_, j) => j !== this.#labelColumn);
    if (this.#labelColumn === undefined) return { points, columnNames };
    return { points, columnNames, ...this.#classes.finish(file) };
  }

  #widen(Wide: Float32ArrayConstructor | Float64ArrayConstructor): void {
    const wide = new Wide(this.#values.length);
    wide.set(this.#values.subarray(0, this.#count));
    this.#values = wide;
  }
}

/** The number a cell holds; NaN for anything else, `Number`'s empty and hexadecimal forms included. */
function parseNumber(cell: string): number {
  const value = Number(cell);
  if (value === 0 && cell.trim() === '') return NaN;
  if (cell.length > 2 && cell.startsWith('0') && /^0[xbo]/i.test(cell)) return NaN;
  return value;
}

function badValue(cell: string, location: ReturnType<Locate>): FormatError {
  if (cell.trim() === '')
    return new FormatError(location, 'the value is missing. Fill or drop such rows first.');
  if (Number.isFinite(parseNumber(cell))) {
    return new FormatError(
      location,
      `"${shortened(cell)}" is too large for a 32-bit float. Scale the column first.`,
    );
  }
  if (/[;\t]/.test(cell)) {
    return new FormatError(
      location,
      `"${shortened(cell)}" is not a finite number. If semicolons or tabs separate the values, say so with the delimiter option.`,
    );
  }
  return new FormatError(
    location,
    `"${shortened(cell)}" is not a finite number. If it is a label or a header, say so with the label and header options.`,
  );
}

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FormatError(
      { file },
      'the text is not UTF-8, or more than the 512 MB a text can have here. Save such data as NPY.',
      { cause },
    );
  }
}

/** Number of the line, from 1, on which the row that follows `start` begins; blank lines before it are passed. */
function lineOf(text: string, start: number): number {
  let at = start;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return (text.slice(0, at).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
}
