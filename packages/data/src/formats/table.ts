import type { Table } from '@shoal/tables';
import { columnOfTensor } from './array-column.ts';
import { readContent, type ContentOptions, type NamedContent } from './content.ts';
import { namedSource, type TableSource } from '../sources/table-source.ts';
import type { ReadOptions } from './read-options.ts';

/** Options of `readTable`; an option of one format is refused for files of another. */
export interface TableReadOptions extends ContentOptions, ReadOptions {
  /** Factor applied to the values of an array when they are read (default 1); 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
}

/**
 * Reads a table from a file of any format in `FORMATS`, packed or not. An array is a table of one column,
 * which is called "values": numbers if it has one dimension, else one vector per row.
 *
 * @param source its bytes; or a file of a form or a drop, the answer of a server, or an address
 * @param name the file's name, with its extension; not needed for a source that has a name
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than `maxBytes`
 * @throws {DownloadError} when it cannot be fetched
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted
 */
export async function readTable(
  source: TableSource,
  name?: string,
  options: TableReadOptions = {},
): Promise<Table> {
  const named = namedSource(source, name, options);
  return tableOfContent(
    await readContent(named.from, named.name, options, options),
    named.name,
    options.scale,
  );
}

function tableOfContent({ content, format }: NamedContent, name: string, scale: number | undefined): Table {
  if ('notes' in content) return { ...content, format };
  const column = columnOfTensor(content, name, scale);
  return { name, rows: content.shape[0] ?? 0, columns: [column], format, notes: [] };
}
