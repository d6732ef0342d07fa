import { DataError } from '@shoal/core';
import { MISSING_BOOLEAN, MISSING_CODE } from '../table/cells.ts';
import type { Column } from '../table/table.ts';
import { quoted } from './quoted.ts';

/**
 * The rows where a column has no value, ascending.
 *
 * @param part of vectors: whether `any` component is missing, or `all`
 */
export function missingRows(column: Column, rows: number, part: 'any' | 'all'): Uint32Array {
  switch (column.type) {
    case 'number':
    case 'date':
      if (!isFloat(column.values)) return new Uint32Array(0);
      return rowsWhere(rows, (row) => Number.isNaN(column.values[row]));
    case 'boolean':
      return rowsWhere(rows, (row) => column.values[row] === MISSING_BOOLEAN);
    case 'text':
      return rowsWhere(rows, (row) => column.codes[row] === MISSING_CODE);
    case 'bytes':
      return rowsWhere(rows, (row) => column.values[row] === undefined);
    case 'vector': {
      const { data, columns } = column.values;
      if (!isFloat(data)) return new Uint32Array(0);
      const fewest = part === 'any' ? 1 : columns;
      return rowsWhere(rows, (row) => missingComponents(data, row * columns, columns) >= fewest);
    }
  }
}

function rowsWhere(rows: number, isAbsent: (row: number) => boolean): Uint32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (isAbsent(row)) found.push(row);
  return Uint32Array.from(found);
}

/** Whether an array can hold NaN. */
export function isFloat(values: ArrayLike<number>): boolean {
  return values instanceof Float64Array || values instanceof Float32Array;
}

function missingComponents(data: ArrayLike<number>, from: number, columns: number): number {
  let count = 0;
  for (let at = from; at < from + columns; at++) if (Number.isNaN(data[at])) count++;
  return count;
}

/** @throws {DataError} naming the first row without a value */
export function refuseMissing(column: Column, missing: Uint32Array, table: string): void {
  if (missing.length === 0) return;
  const others = missing.length > 1 ? `, and in ${missing.length - 1} more` : '';
  throw new DataError(
    `The value of the column ${quoted(column.name)} of ${table} is missing in row ${missing[0] + 1}${others}. ` +
      "Fill it, leave the column out, or let the recipe treat missing values: missing: 'impute', 'indicator' or 'drop'.",
  );
}

/** All rows except those of these lists. */
export function rowsWithout(rows: number, lists: readonly Uint32Array[]): Uint32Array {
  const absent = new Uint8Array(rows);
  for (const list of lists) for (let i = 0; i < list.length; i++) absent[list[i]] = 1;
  const out = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (absent[row] === 0) out[count++] = row;
  return out.slice(0, count);
}

/** The rows that are in every list; the lists are ascending, and not empty in number. */
export function rowsInAll(lists: readonly Uint32Array[]): Uint32Array {
  const [shortest, ...others] = [...lists].sort((a, b) => a.length - b.length);
  return others.reduce((common, list) => {
    if (common.length === 0) return common;
    const set = new Set(list);
    return common.filter((row) => set.has(row));
  }, shortest);
}
