import { readFileSync } from 'node:fs';
import { cellAt, type ColumnType, type Table } from '@shoal/tables';

/** A column as it must be read. */
export interface ExpectedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: readonly unknown[];
}

interface Content {
  readonly columns: Readonly<Record<string, readonly ExpectedColumn[]>>;
  readonly files: Readonly<Record<string, { readonly file: string; readonly columns: readonly string[] }>>;
}

const content = JSON.parse(
  readFileSync(new URL('fixtures/columnar.json', import.meta.url), 'utf8'),
) as Content;

/** Files that pyarrow wrote, with what is in them. */
export const COLUMNAR_FILES = Object.entries(content.files).map(([name, { file, columns }]) => ({
  name,
  bytes: new Uint8Array(Buffer.from(file, 'base64')),
  columns: columns.flatMap((column) => content.columns[column]),
}));

/** The columns of a table, with plain values; a missing one is null. */
export function plainColumns({ columns, rows }: Table): readonly ExpectedColumn[] {
  return columns.map((column) => ({
    name: column.name,
    type: column.type,
    values: Array.from({ length: rows }, (_, row) => plain(cellAt(column, row))),
  }));
}

function plain(cell: ReturnType<typeof cellAt>): unknown {
  if (cell === undefined) return null;
  if (typeof cell !== 'object') return cell;
  return Array.from(cell, (value) => (Number.isNaN(value) ? null : value));
}
