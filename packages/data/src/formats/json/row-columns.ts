import type { JsonValue } from '@shoal/core';
import { FormatError } from '../../errors.ts';
import { isJsonObject } from '../json.ts';
import { shortened, shortJson } from '../shortened.ts';
import type { NamedValues } from './typed-content.ts';

/** Tables of fewer cells are made in any case, even when hardly any of them has a value. */
const MANY_CELLS = 1 << 22;

/** In a larger table, one of this many cells must have a value. */
const SPARSEST = 32;

/** Rows after which the cells are counted again. */
const ROWS_BETWEEN_CHECKS = 4096;

/** Columns of rows that come one by one: objects with names, or lists of one length. */
interface RowColumns {
  readonly rows: number;
  /** @param line of the file, when it has one row per line */
  add(row: JsonValue, line?: number): void;
  finish(): FinishedRows;
}

export interface FinishedRows {
  readonly rows: number;
  readonly columns: readonly NamedValues[];
}

/**
 * Columns from objects. Objects inside objects become columns called "outer.inner"; a value that an object lacks is missing.
 */
export class ObjectColumns implements RowColumns {
  readonly #file: string;
  readonly #columns = new Map<string, JsonValue[]>();
  #rows = 0;
  #values = 0;
  #line: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws {FormatError} when it is not an object, or two of its values belong to one column */
  add(row: JsonValue, line?: number): void {
    this.#line = line;
    if (!isJsonObject(row)) throw this.#error(`is ${shortJson(row)}, and the rows before it are objects`);
    this.#rows++;
    if (this.#rows % ROWS_BETWEEN_CHECKS === 0) this.#requireTable();
    for (const name of Object.keys(row)) this.#place(name, row[name]);
  }

  finish(): FinishedRows {
    this.#requireTable();
    const columns = Array.from(this.#columns, ([name, values]) => {
      // Rows after the last value of this column lack it.
      while (values.length < this.#rows) values.push(null);
      return { name, values };
    });
    return { rows: this.#rows, columns };
  }

  #place(name: string, value: JsonValue): void {
    if (isJsonObject(value)) {
      for (const key of Object.keys(value)) this.#place(`${name}.${key}`, value[key]);
      return;
    }
    let values = this.#columns.get(name);
    if (values === undefined) {
      values = [];
      this.#columns.set(name, values);
      this.#requireTable();
    }
    if (values.length === this.#rows) {
      throw this.#error(
        `gives two values for the column "${shortened(name)}"; a name with a dot is one inside an object`,
      );
    }
    while (values.length < this.#rows - 1) values.push(null);
    values.push(value);
    this.#values++;
  }

  /** Objects that hardly share a name would need a large table that is nearly empty. */
  #requireTable(): void {
    const cells = this.#rows * this.#columns.size;
    if (cells <= MANY_CELLS || cells <= SPARSEST * this.#values) return;
    throw this.#error(
      `is one too many: the objects up to here have ${this.#columns.size} names in all and hardly any of them in common, so they are not the rows of a table`,
    );
  }

  #error(what: string): FormatError {
    return new FormatError({ file: this.#file, row: this.#line }, `row ${this.#rows} ${what}.`);
  }
}

/** Columns from lists of one length. The first may have the names. */
export class ListColumns implements RowColumns {
  readonly #file: string;
  readonly #width: number;
  readonly #columns: JsonValue[][];

  /** @param first row; it is not added yet */
  constructor(file: string, first: readonly JsonValue[]) {
    this.#file = file;
    this.#width = first.length;
    this.#columns = first.map(() => []);
  }

  get rows(): number {
    return this.#columns[0]?.length ?? 0;
  }

  /** @throws {FormatError} when it is not a list, or has another length than the first */
  add(row: JsonValue, line?: number): void {
    const values = Array.isArray(row) ? (row as readonly JsonValue[]) : undefined;
    if (values?.length !== this.#width) {
      const found = values === undefined ? shortJson(row) : `a list of ${values.length} values`;
      throw new FormatError(
        { file: this.#file, row: line },
        `row ${this.rows + 1} is ${found}, and the first is a list of ${this.#width}.`,
      );
    }
    for (let i = 0; i < values.length; i++) this.#columns[i].push(values[i]);
  }

  /** The rows as a row-major array; undefined when a value is not a number or null, which becomes NaN. */
  numbers(): Float64Array | undefined {
    const { rows } = this;
    const data = new Float64Array(rows * this.#width);
    for (const [j, values] of this.#columns.entries()) {
      for (let i = 0; i < rows; i++) {
        const value = values[i];
        if (typeof value !== 'number' && value !== null) return undefined;
        data[i * this.#width + j] = value ?? NaN;
      }
    }
    return data;
  }

  finish(): FinishedRows {
    const isHeader =
      this.rows > 1 &&
      this.#columns.every(([name]) => typeof name === 'string') &&
      this.#columns.some((values) =>
        values.some((value, i) => i > 0 && value !== null && typeof value !== 'string'),
      );
    const columns = this.#columns.map((values, i) => {
      const [name] = values;
      return isHeader && typeof name === 'string'
        ? { name, values: values.slice(1) }
        : { name: `column ${i + 1}`, values };
    });
    return { rows: this.rows - Number(isHeader), columns };
  }
}
