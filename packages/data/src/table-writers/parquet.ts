import type { Table } from '@shoal/tables';
import { schemaOf, type ParquetColumn } from './parquet-schema.ts';
import { parquetValues } from './parquet-values.ts';
import type { TableWriter, WriteTableOptions } from './table-writer.ts';
import { uniqueNames } from './unique-names.ts';
import { hasMissing, writtenType } from './written-type.ts';

export const parquetWriter = {
  name: 'parquet',
  title: 'Parquet',
  extensions: ['parquet'],
  write: writeParquet,
} as const satisfies TableWriter;

/** Rows of a group, and fewer when it would have more values than this. */
const GROUP_ROWS = 1 << 17;
const GROUP_VALUES = 1 << 22;
/** A dictionary of more bytes is given up. */
const DICTIONARY_BYTES = 1 << 20;

/**
 * Writes a table as Parquet, packed with Snappy except for numbers with a fraction, one group of rows at a time. Columns keep the types that they had in their
 * file: integers their width, float32, decimals, days, and times with their unit. Texts are coded by dictionaries, and
 * vectors are lists. Columns of one name get numbers, since readers find columns by name.
 *
 * @throws the signal's reason when aborted
 */
export async function* writeParquet(
  table: Table,
  { signal, onProgress }: WriteTableOptions = {},
): AsyncGenerator<Uint8Array, void> {
  signal?.throwIfAborted();
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const { rows, columns } = table;
  const names = uniqueNames(columns);
  const written = columns.map((column, i): ParquetColumn => ({
    name: names[i],
    type: writtenType(column),
    isOptional: hasMissing(column, rows),
  }));
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: schemaOf(written), createdBy: 'shoal' });
  /** What was written since the last time. */
  const piece = (): Uint8Array => {
    const bytes = new Uint8Array(writer.getBytes());
    writer.index = 0;
    return bytes;
  };
  const step = groupRows(table);
  for (let start = 0; start < rows; start += step) {
    signal?.throwIfAborted();
    const end = Math.min(start + step, rows);
    const columnData = columns.map((column, i) => ({
      name: names[i],
      data: parquetValues(column, written[i], start, end),
      // Most numbers with a fraction are all different, and Snappy would take longer than all else to find nothing to save.
      ...(written[i].type.kind === 'float' && { encoding: 'PLAIN' as const, codec: 'UNCOMPRESSED' as const }),
      statistics: column.type === 'number' || column.type === 'date',
    }));
    await file.write({ columnData, rowGroupSize: end - start, dictionarySize: DICTIONARY_BYTES });
    yield piece();
    onProgress?.({ phase: 'writing', completed: end, total: rows });
  }
  await file.finish();
  yield piece();
}

function groupRows({ columns }: Table): number {
  const width = columns.reduce(
    (sum, column) => sum + (column.type === 'vector' ? column.values.columns : 1),
    0,
  );
  return Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_VALUES / width)));
}
