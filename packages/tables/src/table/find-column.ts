import { InvalidArgumentError } from '@shoal/core';
import type { Column, Table } from './table.ts';

/** How a caller names a column: by its name, or by its position from 1. A text of digits is a name first, else a position. */
export type ColumnReference = string | number;

/**
 * The index of a column.
 *
 * @param option what names it, for the message: "labelColumn"
 * @throws {InvalidArgumentError} when there is no such column, or more than one of that name
 */
export function findColumn(table: Table, wanted: ColumnReference, option: string): number {
  const { columns, name: file } = table;
  if (typeof wanted === 'number') {
    if (Number.isSafeInteger(wanted) && wanted >= 1 && wanted <= columns.length) return wanted - 1;
    throw new InvalidArgumentError(`${option} is ${wanted}, but ${file} has columns 1 to ${columns.length}.`);
  }
  const found = columns.flatMap(({ name }, i) => (name === wanted ? [i] : []));
  if (found.length === 1) return found[0];
  if (found.length === 0 && /^\d+$/.test(wanted)) return findColumn(table, Number(wanted), option);
  const problem =
    found.length === 0
      ? `no column of ${file} is called "${wanted}"; its columns are ${namesOf(columns)}`
      : `${found.length} columns of ${file} are called "${wanted}"; give the number of one, from 1`;
  throw new InvalidArgumentError(`${option}: ${problem}.`);
}

const MAX_NAMES = 20;

function namesOf(columns: readonly Column[]): string {
  const shown = columns.slice(0, MAX_NAMES).map(({ name }) => `"${name}"`);
  return columns.length > MAX_NAMES
    ? `${shown.join(', ')}, and ${columns.length - MAX_NAMES} more`
    : shown.join(', ');
}
