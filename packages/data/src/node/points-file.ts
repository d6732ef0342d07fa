import { basename } from 'node:path';
import { InvalidArgumentError } from '@shoal/core';
import type { Table } from '@shoal/tables';
import type { Dataset, Labels } from '../dataset.ts';
import { readLabels, readPoints, type LabelsOptions, type PointsOptions } from '../formats/points.ts';
import { readTable, type TableReadOptions } from '../formats/table.ts';
import { joinTables } from '../join-tables.ts';
import { givenFiles } from './given-files.ts';
import { givenSource } from './given-source.ts';

/**
 * Reads points from a file, a pipe or device that ends, an address that starts with http:// or https://, or `-`, the standard
 * input; see `readPoints` for the formats and how they are recognized.
 *
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than its header or `maxBytes` says
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws {DownloadError} when an address cannot be fetched
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readPointsFile(path: string, options: PointsOptions = {}): Promise<Dataset> {
  const source = await givenSource(path, options.onProgress);
  const dataset = await readPoints(source, source.name, options);
  return { ...dataset, name: basename(source.name) };
}

/**
 * Reads labels from a file, an address or the standard input: a one-dimensional array, or one column of text.
 *
 * @throws {FormatError} when the file is malformed, too large, or holds anything but one whole number per point
 * @throws {DownloadError} when an address cannot be fetched
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readLabelsFile(path: string, options: LabelsOptions = {}): Promise<Labels> {
  const source = await givenSource(path, options.onProgress);
  return readLabels(source, source.name, options);
}

/**
 * Reads a table from a file, a pipe or device that ends, an address that starts with http:// or https://, or `-`, the standard
 * input; or from several files of the same columns: a folder, a pattern like `data/*.csv`, or a list. See `readTable` for the
 * formats.
 *
 * @throws {FormatError} when the format is unknown, a file malformed or larger than its header or `maxBytes` says, or files
 *   differ in their columns
 * @throws {InvalidArgumentError} when an option does not apply to the file's format, or the list is empty
 * @throws {DownloadError} when an address cannot be fetched
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readTableFile(
  paths: string | readonly string[],
  options: TableReadOptions = {},
): Promise<Table> {
  const given = typeof paths === 'string' ? [paths] : paths;
  const files = (await Promise.all(given.map(givenFiles))).flat();
  const tables: Table[] = [];
  // One after the other, so that no more than one file is in memory beside its table.
  for (const file of files) {
    const source = await givenSource(file, options.onProgress);
    const table = await readTable(source, source.name, options);
    tables.push({ ...table, name: basename(source.name) });
  }
  const [first] = tables;
  if (tables.length === 0) throw new InvalidArgumentError('Give at least one file to read.');
  return joinTables(
    tables,
    tables.length === 1 ? first.name : given.map((path) => basename(path)).join(', '),
  );
}
