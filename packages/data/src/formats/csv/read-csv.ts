import { InvalidArgumentError, matrix, type MatrixData } from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';
import { FormatError } from '../../errors.ts';
import type { PointsTable, ReadRequest } from '../format.ts';
import type { LabelColumn, ReadOptions } from '../read-options.ts';
import { ClassColumn } from './class-column.ts';
import { CsvRows, type Locate } from './csv-rows.ts';
import { shortened } from '../shortened.ts';

/** Options of `readCsv`. */
export interface CsvOptions extends Pick<ReadOptions, 'header' | 'labelColumn' | 'delimiter'> {
  /** Name of the file, for errors. */
  readonly file?: string | undefined;
}

/**
 * Reads comma-separated numbers (RFC 4180), one point per line, with or without a header and a label column.
 * Blank lines are skipped; a header of numbers counts as data unless `header` says otherwise. Points are a Uint8Array when
 * every value is a whole number from 0 to 255, a Float32Array when every value is exact in it, else a Float64Array.
 *
 * @param bytes UTF-8 text, in lines of at most 2^25 characters
 * @throws {InvalidArgumentError} when the number of the label's column is not a whole number from 1
 * @throws {FormatError} naming line and column (both from 1) of a value that is missing, not a finite number, or
 *   too large for float32; of a line that is longer or shorter than the first, or too long; or of broken quotes
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): PointsTable {
  const reader = new CsvReader(options);
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    reader.read(bytes.subarray(start, start + PIECE_BYTES));
  }
  return reader.finish();
}

/**
 * Reads the same, but gives the event loop turns.
 *
 * @param delimiter the default separator of values
 * @throws like `readCsv`, and the signal's reason when aborted
 */
export async function readLongCsv(
  { bytes, file, options, signal, onProgress }: ReadRequest,
  delimiter: ReadOptions['delimiter'],
): Promise<PointsTable> {
  const reader = new CsvReader({ ...options, file, delimiter: options.delimiter ?? delimiter });
  await forEachChunk(bytes.length, PIECE_BYTES, signal, (start, end) => {
    reader.read(bytes.subarray(start, end));
    onProgress?.({ phase: 'reading', completed: end, total: bytes.length });
  });
  return reader.finish();
}

/** Number of bytes that are parsed at a time: some hundredths of a second. */
const PIECE_BYTES = 1 << 19;

/** Makes a table from the rows of a text that comes in pieces. */
class CsvReader {
  readonly #options: CsvOptions;
  readonly #file: string;
  readonly #rows: CsvRows;
  #table: TableBuilder | undefined;

  constructor(options: CsvOptions) {
    const { file = 'CSV data', delimiter = ',' } = options;
    this.#options = options;
    this.#file = file;
    this.#rows = new CsvRows(file, delimiter, (cells, locate) => {
      if (cells.length === 1 && cells[0].trim() === '') return;
      if (this.#table) this.#table.add(cells, locate);
      else this.#table = startTable(cells, this.#options, locate);
    });
  }

  read(piece: Uint8Array): void {
    this.#rows.read(piece);
  }

  finish(): PointsTable {
    this.#rows.end();
    if (!this.#table || this.#table.rows === 0) {
      throw new FormatError({ file: this.#file }, 'there are no rows of data.');
    }
    return this.#table.finish(this.#file);
  }
}

function startTable(cells: readonly string[], options: CsvOptions, locate: Locate): TableBuilder {
  const { header = 'auto', labelColumn: label = 'auto' } = options;
  const positional = positionalLabel(label, cells.length);
  const hasHeader =
    header === 'yes' ||
    (header === 'auto' && cells.every((cell, j) => j === positional || Number.isNaN(parseNumber(cell))));
  const labelColumn = positional ?? namedLabel(label, hasHeader ? cells : undefined, locate);
  if (labelColumn !== undefined && labelColumn >= cells.length) {
    throw new FormatError(
      locate(),
      `labelColumn is ${labelColumn + 1}, but there are only ${cells.length} columns.`,
    );
  }
  if (cells.length === 1 && labelColumn === 0) {
    throw new FormatError(locate(), 'the label is the only column; nothing is left to cluster.');
  }
  const table = new TableBuilder(cells.length, labelColumn, hasHeader ? cells : undefined);
  if (!hasHeader) table.add(cells, locate);
  return table;
}

function positionalLabel(label: LabelColumn, columns: number): number | undefined {
  if (label === 'first') return 0;
  if (label === 'last') return columns - 1;
  if (typeof label !== 'number') return undefined;
  if (!Number.isSafeInteger(label) || label < 1) {
    throw new InvalidArgumentError(`The label's column counts from 1; got ${label}.`);
  }
  return label - 1;
}

function namedLabel(
  label: LabelColumn,
  header: readonly string[] | undefined,
  locate: Locate,
): number | undefined {
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

/** Collects rows as bytes, and changes to float32, or float64, at the first value that does not fit. */
class TableBuilder {
  rows = 0;
  readonly #columns: number;
  readonly #labelColumn: number | undefined;
  readonly #header: readonly string[] | undefined;
  readonly #classes = new ClassColumn();
  #values: MatrixData;
  #count = 0;

  constructor(columns: number, labelColumn: number | undefined, header: readonly string[] | undefined) {
    this.#columns = columns;
    this.#labelColumn = labelColumn;
    this.#header = header;
    this.#values = new Uint8Array(FIRST_ROWS * columns);
  }

  add(cells: readonly string[], locate: Locate): void {
    if (cells.length !== this.#columns) {
      throw new FormatError(
        locate(Math.min(cells.length, this.#columns) + (cells.length > this.#columns ? 1 : 0)),
        `the line has ${cells.length} values, but the lines before it have ${this.#columns}.`,
      );
    }
    if (this.#count + cells.length > this.#values.length) {
      this.#move(new (arrayOf(this.#values))(2 * this.#values.length));
    }
    for (let j = 0; j < cells.length; j++) {
      if (j === this.#labelColumn) {
        this.#classes.add(cells[j], () => locate(j + 1));
        continue;
      }
      const value = parseNumber(cells[j]);
      // In float32, which most engines use, this value would be infinite.
      if (!Number.isFinite(Math.fround(value))) throw badValue(cells[j], locate(j + 1));
      this.#values[this.#count] = value;
      if (this.#values[this.#count] !== value) {
        const Wide = Math.fround(value) === value ? Float32Array : Float64Array;
        this.#move(new Wide(this.#values.length));
        this.#values[this.#count] = value;
      }
      this.#count++;
    }
    this.rows++;
  }

  finish(file: string): PointsTable {
    const points = matrix(
      this.#values.slice(0, this.#count),
      this.rows,
      this.#columns - (this.#labelColumn === undefined ? 0 : 1),
    );
    const columnNames = this.#header?.filter((_, j) => j !== this.#labelColumn);
    if (this.#labelColumn === undefined) return { points, columnNames };
    return { points, columnNames, ...this.#classes.finish(file) };
  }

  #move(values: MatrixData): void {
    values.set(this.#values.subarray(0, this.#count));
    this.#values = values;
  }
}

/** Number of rows that memory is reserved for at first. */
const FIRST_ROWS = 64;

function arrayOf(values: MatrixData): new (length: number) => MatrixData {
  if (values instanceof Uint8Array) return Uint8Array;
  return values instanceof Float32Array ? Float32Array : Float64Array;
}

/** The number in a cell; NaN for anything else, also for empty and hexadecimal text, which `Number` would accept. */
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
      `"${shortened(cell)}" is not a finite number. If semicolons or tabs separate the values, set the delimiter option.`,
    );
  }
  return new FormatError(
    location,
    `"${shortened(cell)}" is not a finite number. If it is a label or a header, set the labelColumn or header option.`,
  );
}
