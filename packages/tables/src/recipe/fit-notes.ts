import type { Table } from '../table/table.ts';
import type { ColumnUse } from './plan.ts';

/** A whole number of so few values may be a code. */
const CODE_VALUES = 10;
/** Rows per value from which it looks like one. */
const CODE_ROWS = 10;

/** What a reader should know of a fitted recipe, a sentence each. */
export function fitNotes(columns: readonly ColumnUse[], table: Table): readonly string[] {
  const codes = columns.filter((use, i) => use.use === 'used' && use.role === 'number' && isCode(table, i));
  return codes.map(
    ({ name }) =>
      `"${name}" has few whole numbers, and counts as a number. If they are codes, take it as a category: as: { ${JSON.stringify(name)}: 'category' }.`,
  );
}

function isCode({ columns, rows }: Table, index: number): boolean {
  const column = columns[index];
  if (column.type !== 'number' || !column.integers) return false;
  const distinct = new Set<number>();
  for (let row = 0; row < rows && distinct.size <= CODE_VALUES; row++) {
    const value = column.values[row];
    if (!Number.isNaN(value)) distinct.add(value);
  }
  return distinct.size > 2 && distinct.size <= CODE_VALUES && rows >= distinct.size * CODE_ROWS;
}
