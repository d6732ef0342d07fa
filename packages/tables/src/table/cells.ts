import type { Column, DateColumn } from './table.ts';

/** A missing value of a boolean column. */
export const MISSING_BOOLEAN = 255;
/** A missing value of a text column. */
export const MISSING_CODE = -1;

/** A value of a table as a plain value; undefined when it is missing. */
export type Cell = number | boolean | string | Float64Array | Uint8Array | undefined;

/** Whether a row lacks this column's value; a vector is missing when it has nothing but NaN. */
export function isMissing(column: Column, row: number): boolean {
  switch (column.type) {
    case 'boolean':
      return column.values[row] === MISSING_BOOLEAN;
    case 'text':
      return column.codes[row] === MISSING_CODE;
    case 'vector':
      return vectorAt(column.values, row).every(Number.isNaN);
    case 'bytes':
      return column.values[row] === undefined;
    case 'number':
    case 'date':
      return Number.isNaN(column.values[row]);
  }
}

/** Whether a column has no value in any row. */
export function isEmpty(column: Column, rows: number): boolean {
  for (let row = 0; row < rows; row++) if (!isMissing(column, row)) return false;
  return true;
}

/** The value of a column in a row. Dates are texts in ISO 8601. */
export function cellAt(column: Column, row: number): Cell {
  if (isMissing(column, row)) return undefined;
  switch (column.type) {
    case 'number':
      return column.values[row];
    case 'boolean':
      return column.values[row] === 1;
    case 'date':
      return isoText(column, row);
    case 'text':
      return column.texts[column.codes[row]];
    case 'vector':
      return vectorAt(column.values, row);
    case 'bytes':
      return column.values[row];
  }
}

/** The latest and earliest milliseconds that a `Date` can hold. */
const MAX_DATE = 8.64e15;

function isoText({ values, precision }: DateColumn, row: number): string {
  const value = values[row];
  if (Math.abs(value) > MAX_DATE) return String(value);
  const text = new Date(value).toISOString();
  if (precision === 'day') return text.slice(0, text.indexOf('T'));
  return precision === 'time' ? text.slice(text.indexOf('T') + 1, -1) : text;
}

function vectorAt(
  { data, columns, scale }: { data: ArrayLike<number>; columns: number; scale: number },
  row: number,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, j) => data[row * columns + j] * scale);
}
