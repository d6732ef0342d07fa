import { matrix, type Tensor, type TensorData } from '@shoal/core';
import type { Dataset, Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';
import { requireText } from './csv-rows.ts';
import { readLongCsv, type CsvOptions, type CsvTable } from './csv.ts';
import { MOST_BYTES } from './gather.ts';
import { gunzip } from './gzip.ts';
import { idxBytes, isIdx, readIdx } from './idx.ts';
import { isNpy, npyBytes, readNpy } from './npy.ts';
import { readSafetensors, safetensorsBytes } from './safetensors.ts';
import { wholeLabels } from './whole-labels.ts';

export interface PointsOptions extends Omit<CsvOptions, 'file'> {
  /** Factor applied when values are read (default 1); 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
  /** Which tensor of a safetensors file holds the points; not needed when it has only one. */
  readonly tensor?: string | undefined;
  /** Bytes that are read at most, counted after unpacking; default 2^31, 2 GiB. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Options of `readLabels`. */
export type LabelsOptions = Pick<PointsOptions, 'maxBytes' | 'signal'>;

/**
 * Reads points from the bytes of an IDX, NPY, safetensors or CSV file, gzipped or not. IDX and NPY are known by
 * their first bytes, the others by the file's extension: .safetensors, .csv, .txt (commas), .tsv (tabs).
 * The first dimension counts the points; images of an IDX file are laid out as rows and keep their shape in
 * `imageShape`. Bytes stay a Uint8Array; 32-bit integers become float64, exactly.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than `maxBytes`
 * @throws the signal's reason when aborted
 */
export async function readPoints(
  bytes: Uint8Array,
  name: string,
  options: PointsOptions = {},
): Promise<Dataset> {
  const { scale = 1, ...reading } = options;
  const table = await readTable(bytes, name, reading);
  if (!isTensor(table)) {
    const { points, labels, classNames, columnNames } = table;
    return { name, points: { ...points, scale }, labels, classNames, columnNames };
  }
  const { data, shape } = table;
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
    `${String(data[at])}, the value at row ${String(Math.floor(at / columns))}, column ${String(at % columns)} (from 0), is too large for a 32-bit float. Scale the column first.`,
  );
}

/**
 * Reads labels: a one-dimensional IDX or NPY array, or one column of CSV, with or without a header.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the file is malformed or too large, or holds anything but one whole number of 32 bits per point
 * @throws the signal's reason when aborted
 */
export async function readLabels(
  bytes: Uint8Array,
  name: string,
  { maxBytes, signal }: LabelsOptions = {},
): Promise<Labels> {
  const table = await readTable(bytes, name, { label: 'none', maxBytes, signal });
  const tensor = isTensor(table)
    ? table
    : { data: table.points.data, shape: table.points.columns === 1 ? [table.points.rows] : [0, 0] };
  return wholeLabels(tensor, name);
}

type Table = Tensor | CsvTable;

function isTensor(table: Table): table is Tensor {
  return 'shape' in table;
}

type Format = 'idx' | 'npy' | 'safetensors' | 'csv' | 'tsv';

/**
 * By a file's beginning, unpacked, or else its name.
 *
 * @throws {FormatError} when it is not a file that can be read
 */
function formatOf(head: Uint8Array, file: string): Format {
  if (isNpy(head)) return 'npy';
  if (isIdx(head)) return 'idx';
  const extension = /\.([^./\\]+)$/.exec(file.toLowerCase().replace(/\.gz$/, ''))?.[1];
  switch (extension) {
    case 'safetensors':
    case 'csv':
    case 'tsv':
    case 'npy':
      return extension;
    case 'txt':
      return 'csv';
    case undefined:
    default:
      throw new FormatError(
        { file },
        'the format is not known: neither IDX nor NPY by its first bytes, nor .safetensors, .csv, .tsv or .txt by its name.',
      );
  }
}

/**
 * How many bytes a file has in all, by its beginning; undefined where its format does not say.
 *
 * @throws {FormatError} when it is not a file that can be read
 */
export function announcedBytes(head: Uint8Array, file: string): number | undefined {
  switch (formatOf(head, file)) {
    case 'npy':
      return npyBytes(head, file);
    case 'idx':
      return idxBytes(head, file);
    case 'safetensors':
      return safetensorsBytes(head, file);
    case 'csv':
    case 'tsv':
      requireText(head, file);
      return undefined;
  }
}

async function readTable(
  bytes: Uint8Array,
  file: string,
  options: Omit<PointsOptions, 'scale'>,
): Promise<Table> {
  const { tensor, maxBytes = MOST_BYTES, signal, ...csv } = options;
  const expected = (head: Uint8Array) => announcedBytes(head, file);
  const plain = await gunzip(bytes, { file, maxBytes, expected, signal });
  const format = formatOf(plain, file);
  switch (format) {
    case 'npy':
      return readNpy(plain, file);
    case 'idx':
      return readIdx(plain, file);
    case 'safetensors':
      return chosenTensor(readSafetensors(plain, file).tensors, tensor, file);
    case 'csv':
    case 'tsv': {
      const delimiter = csv.delimiter ?? (format === 'tsv' ? '\t' : ',');
      return readLongCsv(plain, { ...csv, delimiter, file }, signal);
    }
  }
}

function chosenTensor(
  tensors: Readonly<Record<string, Tensor>>,
  name: string | undefined,
  file: string,
): Tensor {
  const names = Object.keys(tensors);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined || !Object.hasOwn(tensors, chosen)) {
    throw new FormatError(
      { file },
      `say with the tensor option which tensor holds the points: ${names.map((known) => `"${known}"`).join(', ') || 'the file has none'}.`,
    );
  }
  return tensors[chosen];
}
