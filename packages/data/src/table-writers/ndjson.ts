import type { Table } from '@shoal/tables';
import { jsonTexts } from './cell-texts.ts';
import type { TableWriter, WriteTableOptions } from './table-writer.ts';
import { textPieces } from './text-pieces.ts';
import { uniqueNames } from './unique-names.ts';

export const ndjsonWriter = {
  name: 'ndjson',
  title: 'NDJSON',
  extensions: ['ndjson', 'jsonl'],
  takesPieces: true,
  write: writeNdjson,
} as const satisfies TableWriter;

/** One JSON object per line. Vectors are lists, dates texts in ISO 8601, bytes base64, and missing values null. */
function writeNdjson(table: Table, options: WriteTableOptions): AsyncGenerator<Uint8Array, void> {
  const names = uniqueNames(table.columns).map((name) => JSON.stringify(name));
  const cells = table.columns.map(jsonTexts);
  const lineOf = (row: number): string =>
    `{${cells.map((cell, j) => `${names[j]}:${cell(row)}`).join(',')}}\n`;
  return textPieces('', table.rows, lineOf, options);
}
