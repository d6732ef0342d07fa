import { InvalidArgumentError } from '@shoal/core';
import type { Column, Table, TextColumn } from '@shoal/tables';
import { booleansOf } from '../formats/delimited/boolean-words.ts';
import { isMissingWord } from '../formats/missing-words.ts';
import { cellTexts, writtenColumns } from './cell-texts.ts';
import type { TableWriter, WriteTableOptions } from './table-writer.ts';
import { textPieces } from './text-pieces.ts';

export const csvWriter = {
  name: 'csv',
  title: 'CSV',
  extensions: ['csv'],
  takesPieces: true,
  write: writeCsv,
} as const satisfies TableWriter;

export const tsvWriter = {
  name: 'tsv',
  title: 'TSV',
  extensions: ['tsv'],
  takesPieces: true,
  write: (table, options) => writeDelimited(table, '\t', options),
} as const satisfies TableWriter;

/**
 * Writes a table as CSV in UTF-8: a line of names, then one line per row, quoted by RFC 4180 only where needed, with line
 * feeds as line ends; also texts that could be taken for missing values, or for true and false. Numbers have the fewest digits that give the same number, dates are in ISO 8601, and a missing value
 * is empty. Texts are written as they are, also those that a spreadsheet would take for a formula (`=1+1`), because the
 * values must come back unchanged.
 *
 * @throws {InvalidArgumentError} when no column is left to write
 * @throws the signal's reason when aborted
 */
export function writeCsv(table: Table, options: WriteTableOptions = {}): AsyncGenerator<Uint8Array, void> {
  return writeDelimited(table, ',', options);
}

function writeDelimited(
  table: Table,
  delimiter: string,
  options: WriteTableOptions,
): AsyncGenerator<Uint8Array, void> {
  const columns = writtenColumns(table.columns, options);
  if (columns.length === 0) {
    throw new InvalidArgumentError(
      `${table.name} has only vectors and bytes, and both are to be left out. Leave out one of them, or write Parquet.`,
    );
  }
  const cells = columns.map((column) => quotedTexts(column, delimiter, columns.length === 1 ? '""' : ''));
  const header = columns.map(({ name }) => quoted(name, delimiter) || (columns.length === 1 ? '""' : ''));
  const lineOf = (row: number): string => {
    let line = cells[0](row);
    for (let j = 1; j < cells.length; j++) line += delimiter + cells[j](row);
    return `${line}\n`;
  };
  const names = options.header === false ? '' : `${header.join(delimiter)}\n`;
  return textPieces(names, table.rows, lineOf, options);
}

/** @param missing what stands for a missing value: not nothing in the only column, because readers skip blank lines */
function quotedTexts(column: Column, delimiter: string, missing: string): (row: number) => string {
  if (column.type === 'text') {
    const texts = writtenTexts(column, delimiter);
    return (row) => texts[column.codes[row]] ?? missing;
  }
  const texts = cellTexts(column);
  if (column.type !== 'vector') return (row) => texts(row) ?? missing;
  return (row) => quoted(texts(row) ?? missing, delimiter);
}

/** Texts that a reader could take for a missing value, or for true or false, are in quotes, by which Shoal's reader knows them. */
function writtenTexts({ texts, codes }: TextColumn, delimiter: string): readonly string[] {
  const used = new Set(codes);
  const words = texts.filter((text, i) => used.has(i) && !isMissingWord(text));
  const areBooleans = words.length === 0 || booleansOf(words) !== undefined;
  return texts.map((text) => (areBooleans || isMissingWord(text) ? inQuotes(text) : quoted(text, delimiter)));
}

/** Also quotes what a reader could take for a comment, or trim. */
function quoted(text: string, delimiter: string): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]|^[#\s\ufeff]|\s$/.test(text);
  return needsQuotes ? inQuotes(text) : text;
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
