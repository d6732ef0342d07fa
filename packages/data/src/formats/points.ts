import { InvalidArgumentError, matrix, type ProgressListener, type TensorData } from '@shoal/core';
import type { Dataset, Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';
import type { FileContent, FileFormat, PointsTable } from './format.ts';
import { MAX_BYTES } from './gather.ts';
import { gunzip } from './gzip.ts';
import { formatOf } from './index.ts';
import { READ_OPTION_NAMES, type ReadOptions } from './read-options.ts';
import { wholeLabels } from './whole-labels.ts';

/** Options of `readLabels`. */
export interface LabelsOptions {
  /** Greatest number of bytes that are read, counted after unpacking; default 2^31, 2 GiB. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of reading, when reading takes time. */
  readonly onProgress?: ProgressListener | undefined;
}

/** Options of `readPoints`; an option of one format is refused for files of another. */
export interface PointsOptions extends LabelsOptions, ReadOptions {
  /** Factor applied when values are read (default 1); 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
}

/**
 * Reads points from the bytes of a file of any format in `FORMATS`, gzipped or not. The first dimension counts the points;
 * images of an IDX file are laid out as rows and keep their shape in `imageShape`. Bytes stay a Uint8Array; 32-bit integers
 * become float64, exactly.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than `maxBytes`
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted
 */
export async function readPoints(
  bytes: Uint8Array,
  name: string,
  options: PointsOptions = {},
): Promise<Dataset> {
  const { scale = 1 } = options;
  const content = await readContent(bytes, name, options, options);
  if (isTable(content)) {
    const { points, labels, classNames, columnNames } = content;
    return { name, points: { ...points, scale }, labels, classNames, columnNames };
  }
  const { data, shape } = content;
  const [rows = 0, ...rest] = shape;
  if (rest.length === 0 || data.length === 0) {
    throw new FormatError(
      { file: name },
      `points need two dimensions, neither of them 0; this array's shape is (${shape.join(', ')}).`,
    );
  }
  const values = data instanceof Int32Array || data instanceof Uint32Array ? new Float64Array(data) : data;
  rejectBeyondFloat32(data, data.length / rows, name);
  const points = matrix(values, rows, data.length / rows, scale);
  return rest.length === 2 ? { name, points, imageShape: [rest[0], rest[1]] } : { name, points };
}

/** All engines but the reference engine compute in float32, where such a value is infinite. */
function rejectBeyondFloat32(data: TensorData, columns: number, file: string): void {
  if (!(data instanceof Float64Array)) return;
  const at = data.findIndex((value) => Number.isFinite(value) && !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  throw new FormatError(
    { file },
    `${data[at]}, the value at row ${Math.floor(at / columns)}, column ${at % columns} (from 0), is too large for a 32-bit float. Scale the column first.`,
  );
}

/**
 * Reads labels: a one-dimensional array, or one column of text, with or without a header.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the file is malformed or too large, or holds anything but one whole number of 32 bits per point
 * @throws the signal's reason when aborted
 */
export async function readLabels(
  bytes: Uint8Array,
  name: string,
  options: LabelsOptions = {},
): Promise<Labels> {
  const content = await readContent(bytes, name, options, {}, { labelColumn: 'none' });
  if (!isTable(content)) return wholeLabels(content, name);
  const { data, rows, columns } = content.points;
  return wholeLabels({ data, shape: columns === 1 ? [rows] : [rows, columns] }, name);
}

function isTable(content: FileContent): content is PointsTable {
  return 'points' in content;
}

/**
 * How many bytes a whole file has, from its first bytes; undefined when its format does not say.
 *
 * @param options that the caller gave
 * @throws {FormatError} when the format is not known
 * @throws {InvalidArgumentError} when an option does not apply to its format
 */
export function announcedBytes(head: Uint8Array, file: string, options: ReadOptions): number | undefined {
  const format = formatOf(head, file);
  rejectForeign(options, format, file);
  return format.announcedBytes(head, file);
}

/** Refuses options that would be ignored, because giving one is a mistake. */
function rejectForeign(options: ReadOptions, { options: own, title }: FileFormat, file: string): void {
  for (const name of READ_OPTION_NAMES) {
    if (options[name] === undefined || own.includes(name)) continue;
    throw new InvalidArgumentError(
      `The ${name} option does not apply to "${file}", which is ${title}; leave it out.`,
    );
  }
}

/**
 * @param given what the caller gave
 * @param preset values for options that the caller did not give; a format without these options ignores them
 */
async function readContent(
  bytes: Uint8Array,
  file: string,
  { maxBytes = MAX_BYTES, signal, onProgress }: LabelsOptions,
  given: ReadOptions,
  preset: ReadOptions = {},
): Promise<FileContent> {
  const expected = (head: Uint8Array) => announcedBytes(head, file, given);
  const plain = await gunzip(bytes, { file, maxBytes, expected, signal });
  const format = formatOf(plain, file);
  rejectForeign(given, format, file);
  return format.read({ bytes: plain, file, options: { ...preset, ...given }, signal, onProgress });
}
