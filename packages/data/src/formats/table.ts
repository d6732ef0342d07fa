import { columnOf, type Table } from '@shoal/tables';
import { columnOfTensor } from './array-column.ts';
import { readContent, type ContentOptions } from './content.ts';
import type { FileContent } from './format.ts';
import type { ReadOptions } from './read-options.ts';

/** Options of `readTable`; an option of one format is refused for files of another. */
export interface TableReadOptions extends ContentOptions, ReadOptions {
  /** Factor applied to the values of an array when they are read (default 1); 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
}

/**
 * Reads a table from the bytes of a file of any format in `FORMATS`, packed or not. An array is a table of one column,
 * which is called "values": numbers if it has one dimension, else one vector per row.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than `maxBytes`
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted
 */
export async function readTable(
  bytes: Uint8Array,
  name: string,
  options: TableReadOptions = {},
): Promise<Table> {
  return tableOfContent(await readContent(bytes, name, options, options), name, options.scale);
}

function tableOfContent(content: FileContent, name: string, scale: number | undefined): Table {
  if ('notes' in content) return content;
  const column = columnOfTensor(content, name, scale);
  return { name, rows: content.shape[0] ?? 0, columns: [column], notes: [] };
}
