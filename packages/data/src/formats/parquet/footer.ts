import {
  parquetMetadata,
  parquetSchema,
  type FileMetaData,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import type { RandomAccess } from '../random-access.ts';
import { checkThrift } from './check-thrift.ts';
import { leavesOf, type Leaf } from './leaves.ts';

/** What a Parquet file says at its end. */
export interface Footer {
  readonly metadata: FileMetaData;
  readonly root: SchemaTree;
  readonly leaves: readonly Leaf[];
  readonly rows: number;
}

/** Most footers are in the last bytes, so that one reading has them. */
const TAIL_BYTES = 1 << 16;
/** The length of the metadata and "PAR1". */
const END_BYTES = 8;
/** How deep columns may be nested. */
const MAX_DEPTH = 32;
/** Rows times columns that a file may have in any case, and how many more for each of its bytes. */
const FREE_CELLS = 2 ** 22;
const CELLS_PER_BYTE = 100;

/**
 * Reads the end of a Parquet file.
 *
 * @throws {Error} when it is damaged, or says more than the file can hold
 */
export async function readFooter(parts: RandomAccess, signal?: AbortSignal): Promise<Footer> {
  const { byteLength } = parts;
  if (byteLength < 2 * END_BYTES) throw new Error(`it has only ${byteLength} bytes`);
  let tail = await parts.read(Math.max(0, byteLength - TAIL_BYTES), byteLength, signal);
  const end = tail.subarray(tail.length - END_BYTES);
  const magic = String.fromCharCode(...end.subarray(4));
  if (magic === 'PARE') throw new Error('it is encrypted');
  if (magic !== 'PAR1') throw new Error('its end is missing');
  const length = new DataView(end.buffer, end.byteOffset, 4).getUint32(0, true) + END_BYTES;
  if (length > byteLength) throw new Error('its metadata are longer than the file');
  if (length > tail.length) tail = await parts.read(byteLength - length, byteLength, signal);
  const bytes = tail.subarray(tail.length - length);
  checkThrift(bytes.subarray(0, -END_BYTES), 0);
  const metadata = parquetMetadata(bytes, { geoparquet: false });
  checkDepth(metadata.schema);
  const root = parquetSchema(metadata);
  const footer = { metadata, root, leaves: leavesOf(root), rows: Number(metadata.num_rows) };
  checkGroups(footer, byteLength);
  return footer;
}

/** The tree is made of a list, by recursion. */
function checkDepth(schema: readonly SchemaElement[]): void {
  const open: number[] = [];
  for (const { num_children: children = 0 } of schema) {
    while (open.length > 0 && open[open.length - 1] === 0) open.pop();
    if (open.length > 0) open[open.length - 1]--;
    open.push(children);
    if (open.length > MAX_DEPTH) throw new Error(`its columns are nested more than ${MAX_DEPTH} deep`);
  }
}

/** Whether the parts of the file agree. Sizes are not believed before it is known that the file can hold so much. */
function checkGroups({ metadata, leaves, rows }: Footer, byteLength: number): void {
  const most = FREE_CELLS + CELLS_PER_BYTE * byteLength;
  let cells = rows * leaves.length;
  let counted = 0;
  for (const { columns, num_rows: groupRows } of metadata.row_groups) {
    if (columns.length !== leaves.length)
      throw new Error('a group of rows has other columns than the file says');
    counted += Number(groupRows);
    for (const [i, { meta_data: meta, file_path: elsewhere }] of columns.entries()) {
      if (elsewhere) throw new Error('its columns are in other files');
      if (meta?.type !== leaves[i].element.type)
        throw new Error('a column has another type than the file says');
      const values = Number(meta?.num_values);
      if (!(values >= 0)) throw new Error('a column has a negative number of values');
      cells += leaves[i].maxRepetition > 0 ? values : 0;
    }
  }
  if (counted !== rows) throw new Error(`it says that it has ${rows} rows, but its groups have ${counted}`);
  if (!(rows >= 0) || cells > most)
    throw new Error(`it says that it has ${rows} rows, far more than its bytes hold`);
}
