import { findColumn, type ColumnReference } from './find-column.ts';
import type { Table } from './table.ts';

/**
 * The index of the column with the known classes; undefined when there is none.
 *
 * @param wanted `auto`: the column that is called "label", in any case of letters, unless it is the only one, whose values are
 *   then not labels of anything; `none`, `first`, `last`; a name or a position from 1. A column with the name of one of
 *   these words is `{ name }`.
 * @throws {InvalidArgumentError} when there is no such column, or more than one of that name
 */
export function labelColumnOf(
  table: Table,
  wanted: ColumnReference | { readonly name: string },
): number | undefined {
  const { columns } = table;
  switch (wanted) {
    case 'none':
      return undefined;
    case 'first':
      return 0;
    case 'last':
      return columns.length - 1;
    case 'auto': {
      const at = columns.findIndex(({ name }) => name.trim().toLowerCase() === 'label');
      return at < 0 || columns.length === 1 ? undefined : at;
    }
    default:
      return findColumn(table, typeof wanted === 'object' ? wanted.name : wanted, 'labelColumn');
  }
}
