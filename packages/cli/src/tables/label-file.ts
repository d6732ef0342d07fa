import { DataError, InvalidArgumentError, type Labels } from '@shoal/core';
import { readTableFile } from '@shoal/data/node';
import {
  cellAt,
  classesOf,
  findColumn,
  hasIdName,
  type Column,
  type ColumnReference,
  type Table,
} from '@shoal/tables';
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
  /** What is looked for when there are several columns. */
  readonly what: 'clusters' | 'classes';
  /** The flag that chooses the column, for messages. */
  readonly flag: string;
  readonly stderr: (text: string) => void;
  /** The column, if the caller says which. */
  readonly column?: ColumnReference | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal: AbortSignal;
}

/** Names of columns of clusters and of classes, the likeliest first. A fit calls its column cluster_2 beside another one. */
const LIKELY_NAMES = {
  clusters: [/^cluster_\d+$/, /^clusters?$/, /^labels?$/, /^(prediction|predicted|assignment)s?$/],
  classes: [/^class(es)?$/, /^labels?$/, /^targets?$/, /^(truth|true|species|category)$/, /^clusters?$/],
} as const;

/**
 * Reads labels: an array, a column of numbers or words, or one column of a table, such as `cluster` in the table that a fit
 * wrote.
 *
 * @throws {InvalidArgumentError} when it is not clear which column is meant
 * @throws {DataError} when a label is missing, or a number that is not whole
 */
export async function readLabelFile(
  path: string,
  { what, flag, column, maxBytes, signal, stderr }: LabelFileOptions,
): Promise<LabelFile> {
  const table = await accessing(path, readTableFile(path, { maxBytes, signal }));
  const at = column === undefined ? likelyColumn(table, what, flag) : findColumn(table, column, flag);
  const chosen = table.columns[at];
  if (column === undefined && table.columns.length > 1) {
    stderr(`${table.name}: the ${what} are those of the column "${chosen.name}".`);
  }
  requireLabels(chosen, table, path);
  const { labels, classNames: names } = classesOf(chosen, table.rows);
  return { labels, names, ids: idsOf(table, at) };
}

function likelyColumn(table: Table, what: LabelFileOptions['what'], flag: string): number {
  const { columns, name } = table;
  if (columns.length === 1) return 0;
  for (const likely of LIKELY_NAMES[what]) {
    const found = columns.findLastIndex((column) => likely.test(column.name.trim().toLowerCase()));
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
  const column = columns.find((candidate, i) => i !== labelColumn && hasIdName(candidate.name));
  if (column === undefined || !isDistinct(column, rows)) return undefined;
  return {
    column: column.name,
    values: Array.from({ length: rows }, (_, row) => String(cellAt(column, row))),
  };
}

/**
 * The rows of one file in the order of another, by ids that both have under the same name.
 *
 * @returns undefined when one has no ids, or both have them in the same order
 * @throws {DataError} when they do not have the same ids
 */
export function orderByIds(from: LabelFile, to: LabelFile): Uint32Array | undefined {
  if (from.ids === undefined || to.ids?.column !== from.ids.column) return undefined;
  const { column, values } = from.ids;
  const rows = new Map(values.map((id, row) => [id, row]));
  const unknown = to.ids.values.find((id) => !rows.has(id));
  if (unknown !== undefined || rows.size !== to.ids.values.length) {
    const what = unknown === undefined ? 'one of them has more' : `"${unknown}" is in one of them only`;
    throw new DataError(`The two files do not have the same rows by "${column}": ${what}.`);
  }
  const order = Uint32Array.from(to.ids.values, (id) => rows.get(id) ?? 0);
  return order.every((row, i) => row === i) ? undefined : order;
}
