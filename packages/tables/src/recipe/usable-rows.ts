import { DataError } from '@shoal/core';
import type { Column, Table } from '../table/table.ts';
import { missingRows, refuseMissing, rowsInAll, rowsWithout } from './missing.ts';
import type { MissingRule } from './options.ts';
import type { ColumnEncoding } from './plan.ts';
import { quoted } from './quoted.ts';

/** A column that is used, as a table has it. */
export interface Gaps {
  readonly column: Column;
  readonly encoding: ColumnEncoding;
  /** Rows without a value; of vectors, without any component. */
  readonly missing: Uint32Array;
}

/** The rows that get a point, and what to say about the others. */
export interface UsableRows {
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly notes: readonly string[];
}

/**
 * Which rows of a table get a point: those with a value in some column that is used; by the rule `drop`, in every one.
 *
 * @throws {DataError} when no row is left, or by the rule `error` a value is missing
 */
export function usableRows(sources: readonly Gaps[], rule: MissingRule, table: Table): UsableRows {
  const strict = rule === 'drop' || rule === 'error';
  const lists = sources.map((source) => {
    const partly = source.column.type === 'vector' && (strict || !canFill(source.encoding));
    return partly ? missingRows(source.column, table.rows, 'any') : source.missing;
  });
  if (rule === 'error') for (const [i, { column }] of sources.entries()) refuseMissing(column, lists[i]);
  const refused = lists.filter((_, i) => strict || !canFill(sources[i].encoding));
  const empty = sources.map(({ missing }) => missing);
  const rows = rowsWithout(table.rows, [...refused, rowsInAll(empty)]);
  if (rows.length === 0) {
    throw new DataError(
      `None of the ${table.rows} rows of ${table.name} has the values that the recipe needs in the columns that it uses.`,
    );
  }
  return { rows, notes: notesOf(sources, rule, rows, table.rows) };
}

/** Whether an encoding can stand for a missing value: a vector's only when the fit had some. */
function canFill(encoding: ColumnEncoding): boolean {
  return encoding.kind !== 'vector' || encoding.fill !== undefined;
}

function notesOf(
  sources: readonly Gaps[],
  rule: MissingRule,
  used: Uint32Array,
  rows: number,
): readonly string[] {
  const why = rule === 'drop' ? 'lack a value' : 'have no value in any column that is used';
  const lost = rows - used.length;
  const notes = lost > 0 ? [`${lost} of ${rows} rows ${why}: they get no cluster.`] : [];
  const isUsed = new Uint8Array(rows);
  for (let i = 0; i < used.length; i++) isUsed[used[i]] = 1;
  const filled = sources
    .map(({ column, missing }) => ({ column, count: missing.reduce((sum, row) => sum + isUsed[row], 0) }))
    .filter(({ count }) => count > 0);
  if (filled.length === 0) return notes;
  const counts = filled.slice(0, 5).map(({ column, count }) => `${quoted(column.name)} ${count}`);
  const more = filled.length > 5 ? `, and ${filled.length - 5} more columns` : '';
  return [
    ...notes,
    `Missing values: ${counts.join(', ')}${more}. Numbers get the median, categories a level of their own.`,
  ];
}
