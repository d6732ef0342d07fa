import { wordsOf } from './boolean-words.ts';
import { cellAt } from './cells.ts';
import type { Column } from './table.ts';

/** The class of each row. */
export interface Classes {
  /** A class per row. */
  readonly labels: Uint8Array | Int32Array;
  /** `classNames[label]` is the name of that class, when classes are words. */
  readonly classNames?: readonly string[] | undefined;
}

/** The class of rows that have none. */
const MISSING_CLASS = '(missing)';

/**
 * The values of a column as classes. Whole numbers of 32 bits stay as they are, if none is missing; other values are
 * numbered in alphabetical order, with missing ones as a class of their own.
 */
export function classesOf(column: Column, rows: number): Classes {
  if (column.type === 'number' && isWhole(column.values)) return { labels: compact(column.values) };
  const words = Array.from({ length: rows }, (_, row) => {
    const cell = cellAt(column, row);
    if (cell === undefined) return MISSING_CLASS;
    return column.type === 'boolean' ? wordsOf(column)[Number(cell)] : String(cell);
  });
  const classNames = [...new Set(words)].sort();
  const codes = new Map(classNames.map((name, i) => [name, i]));
  return { labels: compact(words.map((word) => codes.get(word) ?? 0)), classNames };
}

function isWhole(values: ArrayLike<number>): boolean {
  return Array.prototype.every.call(values, (value: number) => (value | 0) === value);
}

function compact(values: ArrayLike<number>): Uint8Array | Int32Array {
  const bytes = Array.prototype.every.call(values, (value: number) => value >= 0 && value <= 255);
  return bytes ? Uint8Array.from(values) : Int32Array.from(values);
}
