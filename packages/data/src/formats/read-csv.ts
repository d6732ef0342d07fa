import { atOnce } from '@shoal/core/engine-kit';
import type { Dataset } from '../dataset.ts';
import { readDelimited } from './delimited/read-delimited.ts';
import type { ReadOptions } from './read-options.ts';
import { pointsOfTable } from './table-points.ts';

/** Options of `readCsv`. */
export interface CsvOptions extends Omit<ReadOptions, 'tensor'> {
  /** Name of the file, for errors. */
  readonly file?: string | undefined;
}

/**
 * Reads delimited text of numbers as points, one point per line, with or without a header and a label column. What
 * separates the values, the decimal mark and the header are found by the content, unless options say so. For columns of other
 * kinds, there is `readTable`.
 *
 * @param bytes the text; UTF-8, unless it is seen to be UTF-16 or Latin-1
 * @throws {InvalidArgumentError} when there is no such label column
 * @throws {FormatError} naming the line of what cannot be read; when a column is not of numbers, or a value is missing
 */
export function readCsv(bytes: Uint8Array, { file = 'CSV data', ...options }: CsvOptions = {}): Dataset {
  return pointsOfTable(atOnce(readDelimited({ bytes, file, options })), options);
}
