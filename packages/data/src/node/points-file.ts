import { basename } from 'node:path';
import type { Table } from '@shoal/tables';
import type { Dataset, Labels } from '../dataset.ts';
import { isGzip } from '../formats/gzip.ts';
import { announcedBytes } from '../formats/content.ts';
import { readLabels, readPoints, type LabelsOptions, type PointsOptions } from '../formats/points.ts';
import { readTable, type TableReadOptions } from '../formats/table.ts';
import type { ReadOptions } from '../formats/read-options.ts';
import { readBytes } from './read-bytes.ts';

/**
 * Reads points from a file, or from a pipe or device that ends; see `readPoints` for the formats and how they are
 * recognized.
 *
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than its header or `maxBytes` says
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readPointsFile(path: string, options: PointsOptions = {}): Promise<Dataset> {
  const dataset = await readPoints(await readAnnounced(path, options, options), path, options);
  return { ...dataset, name: basename(path) };
}

/**
 * Reads labels from a file: a one-dimensional array, or one column of text.
 *
 * @throws {FormatError} when the file is malformed, too large, or holds anything but one whole number per point
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readLabelsFile(path: string, options: LabelsOptions = {}): Promise<Labels> {
  return readLabels(await readAnnounced(path, options, {}), path, options);
}

/**
 * Reads a table from a file, or from a pipe or device that ends; see `readTable` for the formats.
 *
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than its header or `maxBytes` says
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readTableFile(path: string, options: TableReadOptions = {}): Promise<Table> {
  const table = await readTable(await readAnnounced(path, options, options), path, options);
  return { ...table, name: basename(path) };
}

/** Reads no more than the header announces, when the file is not packed. */
function readAnnounced(
  path: string,
  { maxBytes, signal }: LabelsOptions,
  given: ReadOptions,
): Promise<Uint8Array> {
  const expected = (head: Uint8Array) => (isGzip(head) ? undefined : announcedBytes(head, path, given));
  return readBytes(path, { maxBytes, signal, expected });
}
