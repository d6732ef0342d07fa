import { matrix, type Tensor } from '@shoal/core';
import { columnOf, type Column, type Table } from '@shoal/tables';
import { FormatError } from '../errors.ts';
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

/** Called like this because an array has no column names. */
const ARRAY_COLUMN = 'values';

function columnOfTensor({ data, shape }: Tensor, file: string, scale = 1): Column {
  const [rows = 0, ...rest] = shape;
  if (data.length === 0) {
    throw new FormatError({ file }, `the array is empty: its shape is (${shape.join(', ')}).`);
  }
  if (rest.length === 0) return columnOf(ARRAY_COLUMN, data);
  const values = data instanceof Int32Array || data instanceof Uint32Array ? new Float64Array(data) : data;
  const column = {
    type: 'vector',
    name: ARRAY_COLUMN,
    values: matrix(values, rows, data.length / rows, scale),
  } as const;
  return rest.length === 2 ? { ...column, imageShape: [rest[0], rest[1]] } : column;
}
