import { InvalidArgumentError, matrix, ShapeError } from '@shoal/core';
import { MISSING_BOOLEAN, MISSING_CODE } from './cells.ts';
import type { Column, Table } from './table.ts';

export interface TableOptions {
  /** Where it comes from (default "table"). */
  readonly name?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

/** Values of a column as programs have them; null, undefined and NaN are missing. */
export type ColumnValues = ArrayLike<unknown>;

/**
 * A table from arrays by name, or from objects, one per row. The type of a column follows from its values: numbers and bigints,
 * booleans, `Date`s, arrays of numbers of one length (vectors; an empty one is missing), bytes (`Uint8Array`s of different lengths), and texts. Objects
 * inside objects become columns called "outer.inner". Any other value, and a mixture of types, becomes text: JSON of the value.
 *
 * @throws {InvalidArgumentError} when it is neither
 * @throws {ShapeError} when columns differ in length, or there are no rows or columns
 */
export function tableOf(
  given: Readonly<Record<string, ColumnValues>> | readonly object[],
  options: TableOptions = {},
): Table {
  const { name = 'table', notes = [] } = options;
  const columns = Array.isArray(given) ? columnsOfObjects(given) : columnsByName(given);
  const rows = columns[0]?.[1].length ?? 0;
  if (rows === 0) throw new ShapeError(`${name}: a table needs at least one row and one column; got none.`);
  for (const [column, values] of columns) {
    if (values.length === rows) continue;
    throw new ShapeError(
      `${name}: the columns of a table have one length, but "${column}" has ${values.length} values and "${columns[0][0]}" has ${rows}.`,
    );
  }
  return { name, rows, notes, columns: columns.map(([column, values]) => columnOf(column, values)) };
}

type NamedValues = readonly [name: string, values: ColumnValues];

function columnsByName(given: object): readonly NamedValues[] {
  const columns = Object.entries(given) as [string, unknown][];
  return columns.map(([name, values]) => {
    if (isArrayLike(values)) return [name, values];
    throw new InvalidArgumentError(
      `The column "${name}" must be an array of values; got ${values === null ? 'null' : typeof values}.`,
    );
  });
}

function isArrayLike(values: unknown): values is ColumnValues {
  return Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
}

/** Rows may lack keys: their values are then missing. */
function columnsOfObjects(rows: readonly unknown[]): readonly NamedValues[] {
  const columns = new Map<string, unknown[]>();
  const place = (name: string, value: unknown, row: number): void => {
    if (isPlainObject(value)) {
      for (const [key, inner] of Object.entries(value)) place(`${name}.${key}`, inner, row);
      return;
    }
    let values = columns.get(name);
    if (values === undefined) columns.set(name, (values = new Array<unknown>(rows.length)));
    values[row] = value;
  };
  rows.forEach((row, i) => {
    if (!isPlainObject(row)) {
      throw new InvalidArgumentError(`Each row must be an object, such as { x: 1 }; row ${i + 1} is not.`);
    }
    for (const [key, value] of Object.entries(row)) place(key, value, i);
  });
  return [...columns];
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A column of values as programs have them; see `tableOf`. */
export function columnOf(name: string, values: ColumnValues): Column {
  const kinds = new Set<string>();
  for (let i = 0; i < values.length; i++) {
    if (!isAbsent(values[i])) kinds.add(kindOf(values[i]));
  }
  const [kind] = kinds;
  if (kinds.size === 0 || (kinds.size === 1 && kind === 'number')) return numbers(name, values);
  if (kinds.size > 1) return texts(name, values);
  if (kind === 'boolean') return { type: 'boolean', name, values: fromEach(values, booleanCode) };
  if (kind === 'date') return dates(name, values);
  if (kind === 'bytes')
    return { type: 'bytes', name, values: listed(values).map((v) => (isBytes(v) ? v : undefined)) };
  return (kind === 'vector' ? vectors(name, values) : undefined) ?? texts(name, values);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

function kindOf(value: unknown): string {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? 'number' : 'text';
  if (value instanceof Date) return 'date';
  if (isBytes(value)) return 'bytes';
  if (isArrayLike(value)) return 'vector';
  return typeof value;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function listed(values: ColumnValues): unknown[] {
  return Array.from({ length: values.length }, (_, i) => values[i]);
}

function fromEach(values: ColumnValues, code: (value: unknown) => number): Uint8Array {
  return Uint8Array.from({ length: values.length }, (_, i) => code(values[i]));
}

function booleanCode(value: unknown): number {
  return isAbsent(value) ? MISSING_BOOLEAN : Number(value === true);
}

function numbers(name: string, given: ColumnValues): Column {
  const values = Float64Array.from({ length: given.length }, (_, i) =>
    isAbsent(given[i]) ? NaN : Number(given[i]),
  );
  return {
    type: 'number',
    name,
    values,
    integers: values.every((v) => Number.isNaN(v) || Number.isInteger(v)),
  };
}

const DAY = 86_400_000;

function dates(name: string, given: ColumnValues): Column {
  const values = Float64Array.from({ length: given.length }, (_, i) => {
    const value = given[i];
    return value instanceof Date ? value.getTime() : NaN;
  });
  const days = values.every((value) => Number.isNaN(value) || value % DAY === 0);
  return { type: 'date', name, values, precision: days ? 'day' : 'moment' };
}

/** Undefined when the arrays differ in length or hold anything but numbers. An empty one is missing. */
function vectors(name: string, given: ColumnValues): Column | undefined {
  const rows = listed(given).map((value) =>
    isArrayLike(value) && value.length > 0 ? listed(value) : undefined,
  );
  const width = rows.find((row) => row !== undefined)?.length ?? 0;
  if (width === 0) return undefined;
  const data = new Float64Array(rows.length * width).fill(NaN);
  for (const [i, row] of rows.entries()) {
    if (row === undefined) continue;
    if (row.length !== width) return undefined;
    for (const [j, value] of row.entries()) {
      if (isAbsent(value)) continue;
      if (typeof value !== 'number') return undefined;
      data[i * width + j] = value;
    }
  }
  return { type: 'vector', name, values: matrix(data, rows.length, width) };
}

function texts(name: string, given: ColumnValues): Column {
  const indices = new Map<string, number>();
  const codes = Int32Array.from({ length: given.length }, (_, i) => {
    const value = given[i];
    if (isAbsent(value)) return MISSING_CODE;
    const text = textOf(value);
    let code = indices.get(text);
    if (code === undefined) indices.set(text, (code = indices.size));
    return code;
  });
  return { type: 'text', name, texts: [...indices.keys()], codes };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
