import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Dataset, Labels } from '../dataset.ts';
import { readLabels, readPoints, type PointsOptions } from '../formats/points.ts';

export interface PointsFileOptions extends PointsOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads points from a file; see `readPoints` for the formats and how they are told apart.
 *
 * @throws {FormatError} when the format is unknown or the file is malformed
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readPointsFile(path: string, options: PointsFileOptions = {}): Promise<Dataset> {
  const { signal, ...reading } = options;
  const dataset = await readPoints(await readFile(path, { signal }), path, reading);
  return { ...dataset, name: basename(path) };
}

/**
 * Reads labels from a file: a one-dimensional IDX or NPY array, or one column of CSV.
 *
 * @throws {FormatError} when the file is malformed or holds anything but one whole number per point
 */
export async function readLabelsFile(
  path: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Labels> {
  return readLabels(await readFile(path, { signal: options.signal }), path);
}
