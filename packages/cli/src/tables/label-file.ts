import { DataError, InvalidArgumentError, type Labels } from '@shoal/core';
import { readTableFile } from '@shoal/data/node';
import { cellAt, classesOf, findColumn, type Column, type ColumnReference, type Table } from '@shoal/tables';
import { accessing } from '../file-errors.ts';

/** One label per row of a file. */
export interface LabelFile {
  readonly labels: Labels;
  /** The names of labels that are words. */
  readonly names?: readonly string[] | undefined;
  /** What names each row, if another column does. */
  readonly ids?: { readonly column: string; readonly values: readonly string[] } | undefined;
}

interface LabelFileOptions {
  /** The flag that chooses the column, for messages. */
  readonly flag: string;
  /** The column, if the caller says which. */
  readonly column?: ColumnReference | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal: AbortSignal;
}

/** Names of columns of labels, the likeliest first. */
const LABEL_NAMES = [
  'cluster',
  'clusters',
  'label',
  'labels',
  'class',
  'classes',
  'target',
  'prediction',
  'assignment',
];

/**
 * Reads labels: an array, a column of numbers or words, or one column of a table, such as `cluster` in the table that a fit
 * wrote.
 *
 * @throws {InvalidArgumentError} when it is not clear which column is meant
 * @throws {DataError} when a label is missing, or a number that is not whole
 */
export async function readLabelFile(
  path: string,
  { flag, column, maxBytes, signal }: LabelFileOptions,
): Promise<LabelFile> {
  const table = await accessing(path, readTableFile(path, { maxBytes, signal }));
  const at = column === undefined ? likelyColumn(table, flag) : findColumn(table, column, flag);
  const chosen = table.columns[at];
  requireLabels(chosen, table, path);
  const { labels, classNames: names } = classesOf(chosen, table.rows);
  return { labels, names, ids: idsOf(table, at) };
}

function likelyColumn(table: Table, flag: string): number {
  const { columns, name } = table;
  if (columns.length === 1) return 0;
  for (const likely of LABEL_NAMES) {
    const found = columns.findIndex((column) => column.name.trim().toLowerCase() === likely);
    if (found >= 0) return found;
  }
  // A table of ids and labels: the ids are those that no two rows share.
  const [first, second] = columns.map((column) => isDistinct(column, table.rows));
  if (columns.length === 2 && first !== second) return first ? 1 : 0;
  const known = columns
    .slice(0, 20)
    .map((column) => `"${column.name}"`)
    .join(', ');
  throw new InvalidArgumentError(
    `It is not clear which column of ${name} holds the labels: ${known}. Say which with ${flag}.`,
  );
}

function isDistinct(column: Column, rows: number): boolean {
  const seen = new Set<string>();
  for (let row = 0; row < rows; row++) seen.add(String(cellAt(column, row)));
  return seen.size === rows;
}

function requireLabels(column: Column, { rows }: Table, path: string): void {
  if (column.type === 'vector' || column.type === 'bytes') {
    throw new DataError(
      `${path}: labels need one value per row; the column "${column.name}" has vectors or bytes.`,
    );
  }
  for (let row = 0; row < rows; row++) {
    const cell = cellAt(column, row);
    if (cell === undefined) {
      throw new DataError(
        `${path}: the label of row ${row + 1} is missing. Fill it, or use -1 for no cluster.`,
      );
    }
    if (typeof cell === 'number' && (cell | 0) !== cell) {
      throw new DataError(
        `${path}: label ${row + 1} is ${cell}; labels are whole numbers of 32 bits, or words.`,
      );
    }
  }
}

function idsOf({ columns, rows }: Table, labelColumn: number): LabelFile['ids'] {
  const column = columns.find(
    (candidate, i) => i !== labelColumn && /^id$|[ _]id$|Id$|ID$/.test(candidate.name.trim()),
  );
  if (column === undefined || !isDistinct(column, rows)) return undefined;
  return {
    column: column.name,
    values: Array.from({ length: rows }, (_, row) => String(cellAt(column, row))),
  };
}

/**
 * The rows of one file in the order of another, by ids that both have.
 *
 * @returns undefined when they do not have the same ids, or have them in the same order
 */
export function orderByIds(from: LabelFile, to: LabelFile): Uint32Array | undefined {
  if (from.ids === undefined || to.ids === undefined) return undefined;
  const rows = new Map(from.ids.values.map((id, row) => [id, row]));
  const order = to.ids.values.map((id) => rows.get(id));
  if (rows.size !== order.length || order.every((row, i) => row === i)) return undefined;
  const known = order.filter((row) => row !== undefined);
  return known.length === order.length ? Uint32Array.from(known) : undefined;
}
