import { ShapeError } from '@shoal/core';
import {
  takeRows,
  type BooleanColumn,
  type Column,
  type DateColumn,
  type NumberColumn,
  type Table,
  type TextColumn,
} from '@shoal/tables';

/** A column of the input table that the viewer shows: one value for each shown point. */
export type ViewColumn = NumberColumn | BooleanColumn | DateColumn | TextColumn;

/**
 * The columns of a table that can be shown: all but vectors and bytes.
 *
 * @param count points, N
 * @param rows the row of each point, ascending; default one point for each row
 * @throws {ShapeError} when the table does not have one row for each point, or a row that is asked for
 */
export function viewColumns(table: Table, count: number, rows?: Uint32Array): readonly ViewColumn[] {
  if (rows !== undefined) {
    const wrong = rows.findIndex((row, i) => row >= table.rows || (i > 0 && row <= rows[i - 1]));
    if (wrong >= 0 || rows.length !== count) {
      throw new ShapeError(
        `The rows of ${count} points are as many numbers, ascending, below the ${table.rows} rows of ${table.name}; ` +
          (wrong >= 0 ? `number ${wrong} is ${rows[wrong]}.` : `got ${rows.length}.`),
      );
    }
    return takeColumns(table.columns.filter(isShown), table.rows, rows);
  }
  if (table.rows !== count) {
    throw new ShapeError(
      `There are ${count} labels but ${table.name} has ${table.rows} rows; give the table that was clustered.`,
    );
  }
  return table.columns.filter(isShown);
}

function isShown(column: Column): column is ViewColumn {
  return column.type !== 'vector' && column.type !== 'bytes';
}

/** The values of some points, with only the texts that they use. */
export function takeColumns(
  columns: readonly ViewColumn[],
  count: number,
  points: Uint32Array,
): readonly ViewColumn[] {
  const table: Table = { name: '', rows: count, columns, notes: [] };
  return takeRows(table, points)
    .columns.filter(isShown)
    .map((column) => (column.type === 'text' ? usedTexts(column) : column));
}

/** A sample of a million different texts must not carry all of them. */
function usedTexts(column: TextColumn): TextColumn {
  const places = new Map<number, number>();
  const codes = column.codes.map((code) => {
    if (code < 0) return code;
    const place = places.get(code) ?? places.size;
    places.set(code, place);
    return place;
  });
  return { ...column, codes, texts: Array.from(places.keys(), (code) => column.texts[code]) };
}
