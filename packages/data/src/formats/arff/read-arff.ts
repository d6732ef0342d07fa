import type { Pausable } from '@shoal/core/engine-kit';
import { columnOf, type Column, type Table } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import { datesOfTexts } from '../delimited/dates.ts';
import { utf8Of } from '../delimited/encoding.ts';
import { narrowestColumn } from '../narrowest-column.ts';
import type { ReadRequest } from '../format.ts';
import { shortened } from '../shortened.ts';
import { attributeOf, cellsOf, unquoted, type Attribute } from './attribute.ts';
import { linesOf } from './lines.ts';

/** Lines between two pauses. */
const LINES = 10_000;

/** Each column takes memory of its own. */
const MAX_COLUMNS = 2 ** 19;

/**
 * Reads an ARFF file, dense or sparse. `?` is missing; in sparse rows, what is not named is 0, or the first value of a
 * nominal column.
 *
 * @throws {FormatError} naming the line of what cannot be read
 */
export function* readArff({ bytes, file, options, onProgress }: ReadRequest): Pausable<Table> {
  const text = utf8Of(bytes, file, options.encoding);
  const builder = new ArffBuilder(file, new Set(['?', ...(options.missingValues ?? [])]));
  let row = 0;
  for (const { line, end } of linesOf(text.bytes, file)) {
    row++;
    builder.add(line.trim(), row);
    if (row % LINES !== 0) continue;
    onProgress?.({ phase: 'reading', completed: end, total: text.bytes.length });
    yield;
  }
  return builder.finish(options.dateOrder);
}

class ArffBuilder {
  readonly #file: string;
  readonly #missing: ReadonlySet<string>;
  readonly #attributes: Attribute[] = [];
  /** The values of each column; undefined when missing. */
  readonly #values: (string | number | undefined)[][] = [];
  #isInData = false;
  #rows = 0;

  constructor(file: string, missing: ReadonlySet<string>) {
    this.#file = file;
    this.#missing = missing;
  }

  add(line: string, row: number): void {
    if (line === '' || line.startsWith('%')) return;
    if (this.#isInData) this.#addRow(line, row);
    else if (/^@data\b/i.test(line)) this.#isInData = true;
    else if (/^@attribute\b/i.test(line)) this.#addAttribute(line, row);
    else if (!/^@relation\b/i.test(line)) {
      throw this.#error(row, `"${shortened(line)}" is none of @relation, @attribute and @data.`);
    }
  }

  finish(dateOrder: 'day' | 'month' | undefined): Table {
    if (!this.#isInData)
      throw new FormatError({ file: this.#file }, 'the file has no @data. Is it cut short?');
    if (this.#rows === 0) throw new FormatError({ file: this.#file }, 'there are no rows of data.');
    const columns = this.#attributes.map((attribute, j) =>
      columnOfValues(attribute, this.#values[j], dateOrder),
    );
    return { name: this.#file, rows: this.#rows, columns, notes: [] };
  }

  #addAttribute(line: string, row: number): void {
    const attribute = attributeOf(line);
    if (attribute === undefined) {
      throw this.#error(
        row,
        `"${shortened(line)}" does not declare a column: a name, then numeric, string, date or {a, b} in one line.`,
      );
    }
    if (this.#attributes.length === MAX_COLUMNS) {
      throw this.#error(row, `a table has at most ${MAX_COLUMNS} columns.`);
    }
    this.#attributes.push(attribute);
    this.#values.push([]);
  }

  #addRow(line: string, row: number): void {
    if (line.startsWith('{')) this.#addSparse(line, row);
    else {
      const cells = cellsOf(line);
      // A weight may follow in braces.
      if (/^\{.*\}$/.test(cells[cells.length - 1])) cells.pop();
      if (cells.length !== this.#attributes.length) {
        throw this.#error(
          row,
          `the line has ${cells.length} values, but ${this.#attributes.length} columns are declared.`,
        );
      }
      for (const [j, cell] of cells.entries()) this.#values[j].push(this.#valueOf(cell, j, row));
    }
    this.#rows++;
  }

  #addSparse(line: string, row: number): void {
    const inner = /^\{(.*)\}/.exec(line)?.[1];
    if (inner === undefined) throw this.#error(row, 'the sparse row does not end with a brace.');
    for (const [j, { type, values }] of this.#attributes.entries()) {
      this.#values[j].push(type === 'number' || type === 'date' ? 0 : (values.at(0) ?? ''));
    }
    if (inner.trim() === '') return;
    for (const pair of cellsOf(inner)) {
      const match = /^(\d+)\s+(.*)$/.exec(pair);
      const j = Number(match?.[1]);
      if (match === null || j >= this.#attributes.length) {
        throw this.#error(
          row,
          `"${shortened(pair)}" in a sparse row is not a column, from 0, and its value.`,
        );
      }
      this.#values[j][this.#rows] = this.#valueOf(unquoted(match[2]), j, row);
    }
  }

  #valueOf(cell: string, j: number, row: number): string | number | undefined {
    if (this.#missing.has(cell)) return undefined;
    if (this.#attributes[j].type !== 'number') return cell;
    const value = cell === '' ? NaN : Number(cell);
    if (Number.isFinite(value)) return value;
    throw this.#error(row, `"${shortened(cell)}" is not a finite number. Write ? for a missing one.`, j);
  }

  #error(row: number, message: string, column?: number): FormatError {
    return new FormatError(
      { file: this.#file, row, column: column === undefined ? undefined : column + 1 },
      message,
    );
  }
}

function columnOfValues(
  { name, type }: Attribute,
  values: readonly (string | number | undefined)[],
  dateOrder: 'day' | 'month' | undefined,
): Column {
  if (type === 'number') {
    return narrowestColumn(
      name,
      Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
    );
  }
  return (type === 'date' ? dateColumn(name, values, dateOrder) : undefined) ?? columnOf(name, values);
}

function dateColumn(
  name: string,
  values: readonly (string | number | undefined)[],
  dateOrder: 'day' | 'month' | undefined,
): Column | undefined {
  const dates = datesOfTexts(
    values.filter((value) => typeof value === 'string'),
    dateOrder,
  );
  if (dates === undefined || 'ambiguous' in dates) return undefined;
  let next = 0;
  const times = Float64Array.from(values, (value) =>
    typeof value === 'string' ? dates.values[next++] : NaN,
  );
  return { type: 'date', name, values: times, precision: dates.precision };
}
