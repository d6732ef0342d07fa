import { DataError } from '@shoal/core';
import type { Column, Table } from '../table/table.ts';
import { missingRows, refuseMissing, rowsInAll, rowsWithout } from './missing.ts';
import type { MissingRule } from './options.ts';
import type { ColumnEncoding } from './plan.ts';
import { quoted, quotedList } from './quoted.ts';

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
  const all = sources.map((source): GapLists => {
    const gaps =
      source.column.type === 'vector' ? missingRows(source.column, table.rows, 'any') : source.missing;
    if (rule === 'error') refuseMissing(source.column, gaps, table.name);
    return { ...source, gaps };
  });
  const refused = all.filter(({ encoding }) => strict || !canFill(encoding));
  const empty = rowsInAll(sources.map(({ missing }) => missing));
  const rows = rowsWithout(table.rows, [...refused.map(({ gaps }) => gaps), empty]);
  if (rows.length === 0) {
    throw new DataError(
      `None of the ${table.rows} rows of ${table.name} has the values that the recipe needs in the columns that it uses.`,
    );
  }
  const lost = table.rows - rows.length;
  const notes = strict
    ? lostNotes(lost, 'lack a value', table)
    : [
        ...lostNotes(empty.length, 'have no value in any column that is used', table),
        ...lostNotes(lost - empty.length, whyRefused(refused), table),
      ];
  return { rows, notes: [...notes, ...filledNotes(all, rows, table.rows)] };
}

/** A column and its rows with gaps: of vectors, those that lack any component. */
interface GapLists extends Gaps {
  readonly gaps: Uint32Array;
}

/** Whether an encoding can stand for a missing value: a vector's only when the fit had some. */
function canFill(encoding: ColumnEncoding): boolean {
  return encoding.kind !== 'vector' || encoding.fill !== undefined;
}

function lostNotes(count: number, why: string, { rows }: Table): readonly string[] {
  return count > 0 ? [`${count} of ${rows} rows ${why}: they get no cluster.`] : [];
}

function whyRefused(refused: readonly GapLists[]): string {
  const names = refused.filter(({ gaps }) => gaps.length > 0).map(({ column }) => column.name);
  return `lack numbers of the vectors in ${quotedList(names)}, which had no gaps in the fit`;
}

/** Says which values are missing in the rows that have a point, and what stands for them. */
function filledNotes(all: readonly GapLists[], used: Uint32Array, rows: number): readonly string[] {
  const isUsed = new Uint8Array(rows);
  for (let i = 0; i < used.length; i++) isUsed[used[i]] = 1;
  const filled = all
    .map(({ column: { name }, encoding, gaps }) => ({
      name,
      encoding,
      count: gaps.reduce((sum, row) => sum + isUsed[row], 0),
    }))
    .filter(({ count }) => count > 0);
  if (filled.length === 0) return [];
  const counts = filled.slice(0, 5).map(({ name, count }) => `${quoted(name)} ${count}`);
  const more = filled.length > 5 ? `, and ${filled.length - 5} more columns` : '';
  return [`Missing values: ${counts.join(', ')}${more}. ${standIns(filled)}`];
}

/** What stands for missing values, as sentences. */
function standIns(filled: readonly { readonly name: string; readonly encoding: ColumnEncoding }[]): string {
  const has = (test: (encoding: ColumnEncoding) => boolean): boolean =>
    filled.some(({ encoding }) => test(encoding));
  const clauses = [
    ...(has(({ kind }) => kind === 'number') ? ['numbers get the median'] : []),
    ...(has(({ kind }) => kind === 'vector') ? ['components of vectors get the median'] : []),
    ...(has(hasMissingLevel) ? ['categories get a level of their own'] : []),
  ];
  const placeless = filled.filter(
    ({ encoding }) => encoding.kind === 'category' && !hasMissingLevel(encoding),
  );
  const sentences = [
    ...(clauses.length > 0 ? [asSentence(clauses)] : []),
    ...(placeless.length > 0
      ? [
          `In ${quotedList(placeless.map(({ name }) => name))} none was missing in the fit, so these rows are in none of the categories.`,
        ]
      : []),
  ];
  return sentences.join(' ');
}

function hasMissingLevel(encoding: ColumnEncoding): boolean {
  return encoding.kind === 'category' && encoding.missing;
}

/** Joins clauses, and leaves out verbs that are repeated. */
function asSentence([first, ...others]: readonly string[]): string {
  const rest = others.map((clause) => `, ${clause.replace(' get ', ' ')}`);
  return `${first[0].toUpperCase()}${first.slice(1)}${rest.join('')}.`;
}
