import type { Column } from './table.ts';

/** What the numbers of a column are counted in, as its file has it: "kg", "%"; empty where they stand alone. */
export function unitOfNumbers(column: Column): string {
  return column.type === 'number' ? (column.unit ?? '') : '';
}

/** A unit for messages: what numbers are. */
export function inUnit(unit: string | undefined): string {
  return unit === undefined || unit === '' ? 'without a unit' : `in "${unit}"`;
}
