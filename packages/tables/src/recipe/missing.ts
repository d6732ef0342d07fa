import { DataError } from '@shoal/core';
import { isMissing } from '../table/cells.ts';
import type { Column } from '../table/table.ts';

/**
 * The rows where a column has no value, ascending.
 *
 * @param part of vectors: whether `any` component is missing, or `all`
 */
export function missingRows(column: Column, rows: number, part: 'any' | 'all'): Uint32Array {
  const isAbsent = absence(column, part);
  const found: number[] = [];
  for (let row = 0; row < rows; row++) if (isAbsent(row)) found.push(row);
  return Uint32Array.from(found);
}

function absence(column: Column, part: 'any' | 'all'): (row: number) => boolean {
  switch (column.type) {
    case 'number':
    case 'date': {
      const { values } = column;
      const float = values instanceof Float64Array || values instanceof Float32Array;
      return float ? (row) => Number.isNaN(values[row]) : () => false;
    }
    case 'vector': {
      const { data, columns } = column.values;
      if (data instanceof Uint8Array) return () => false;
      return (row) => {
        let count = 0;
        for (let at = row * columns; at < (row + 1) * columns; at++) count += Number(Number.isNaN(data[at]));
        return part === 'any' ? count > 0 : count === columns;
      };
    }
    case 'boolean':
    case 'text':
    case 'bytes':
      return (row) => isMissing(column, row);
  }
}

/** @throws {DataError} naming the first row without a value */
export function refuseMissing(column: Column, missing: Uint32Array): void {
  if (missing.length === 0) return;
  const others = missing.length > 1 ? `, and in ${missing.length - 1} more` : '';
  throw new DataError(
    `The value of the column "${column.name}" is missing in row ${missing[0] + 1}${others}. ` +
      "Fill it, leave the column out, or let the recipe treat missing values: missing: 'impute', 'indicator' or 'drop'.",
  );
}

/** All rows except those of these lists. */
export function rowsWithout(rows: number, lists: readonly Uint32Array[]): Uint32Array {
  const absent = new Uint8Array(rows);
  for (const list of lists) for (const row of list) absent[row] = 1;
  return remaining(absent);
}

/** All rows except those that are in every list. */
export function rowsWithoutAll(rows: number, lists: readonly Uint32Array[]): Uint32Array {
  const [first = new Uint32Array(0), ...rest] = [...lists].sort((a, b) => a.length - b.length);
  const sets = rest.map((list) => new Set(list));
  const absent = new Uint8Array(rows);
  for (const row of first) if (sets.every((set) => set.has(row))) absent[row] = 1;
  return remaining(absent);
}

function remaining(absent: Uint8Array): Uint32Array {
  const out = new Uint32Array(absent.length);
  let count = 0;
  for (let row = 0; row < absent.length; row++) if (absent[row] === 0) out[count++] = row;
  return out.slice(0, count);
}
