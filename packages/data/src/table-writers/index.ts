import { InvalidArgumentError } from '@shoal/core';
import type { Table } from '@shoal/tables';
import { csvWriter, tsvWriter } from './delimited.ts';
import { ndjsonWriter } from './ndjson.ts';
import { parquetWriter } from './parquet.ts';
import type { TableWriter, WriteTableOptions } from './table-writer.ts';

/** Every format that tables are written in. */
export const TABLE_WRITERS: readonly TableWriter[] = [csvWriter, tsvWriter, parquetWriter, ndjsonWriter];

/**
 * Writes a table in the format that the file's name says: see `TABLE_WRITERS`. The pieces are made while they are taken.
 *
 * @param name the file's name, with its extension
 * @returns the bytes of the file, in pieces
 * @throws {InvalidArgumentError} when no format has that extension
 * @throws the signal's reason when aborted, while the pieces are taken
 */
export function writeTable(
  table: Table,
  name: string,
  options: WriteTableOptions = {},
): AsyncGenerator<Uint8Array, void> {
  return tableWriterOf(name).write(table, options);
}

/**
 * The format in which a file of this name is written.
 *
 * @throws {InvalidArgumentError} when no format has its extension
 */
export function tableWriterOf(name: string): TableWriter {
  const lower = name.toLowerCase();
  const writer = TABLE_WRITERS.find(({ extensions }) =>
    extensions.some((extension) => lower.endsWith(`.${extension}`)),
  );
  if (writer !== undefined) return writer;
  const endings = TABLE_WRITERS.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`));
  throw new InvalidArgumentError(
    `"${name}" cannot be written: its name must end in ${new Intl.ListFormat('en', { type: 'disjunction' }).format(endings)}.`,
  );
}
