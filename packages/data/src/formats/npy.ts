import { InvalidArgumentError, ShapeError, type Tensor, type TensorData } from '@shoal/core';
import type { Column, Table } from '@shoal/tables';
import { FormatError } from '../errors.ts';
import { ARRAY_COLUMN } from './array-column.ts';
import { bytesOf, decodeElements, elementCount } from './elements.ts';
import type { FileFormat, PartsRequest } from './format.ts';
import { arrayColumn } from './npy/columns.ts';
import { objectsError, READABLE_TYPES, type RecordType } from './npy/dtype.ts';
import { hasWholeHeader, isNpy, NPY_MAGIC, parseNpyHeader } from './npy/header.ts';
import { packedRows, type RowRanges } from './row-ranges.ts';
import { requireLength } from './require-length.ts';
import { shortened } from './shortened.ts';

export const npyFormat = {
  name: 'npy',
  title: 'NPY',
  extensions: ['npy'],
  sniff: isNpy,
  options: [],
  announcedBytes: (head, file) => (hasWholeHeader(head, file) ? parseNpyHeader(head, file).bytes : undefined),
  read: async ({ bytes, file }) => readNpyContent(bytes, file),
  openRows,
} as const satisfies FileFormat;

/**
 * Reads a NumPy array file of numbers (NEP 1, "A simple file format for NumPy arrays"), versions 1 to 3, of any number of
 * dimensions. Types f4, f8, u1, i4 and u4 keep their type; f2 becomes Float32Array, i1, i2 and u2 Int32Array, i8 and u8
 * Float64Array, and booleans 0 and 1. Column-major arrays are converted to row-major.
 *
 * @param file name for errors
 * @throws {FormatError} on a wrong magic number, an unreadable header, another type,
 *   a length that does not fit the header, or a 64-bit integer that float64 cannot hold exactly
 */
export function readNpy(bytes: Uint8Array, file = 'NPY data'): Tensor {
  const content = readNpyContent(bytes, file);
  if ('shape' in content) return content;
  throw new FormatError({ file }, 'this is a table, not an array of numbers. Read it with readTable.');
}

/**
 * Reads a NumPy array file of any type: numbers as an array; texts, dates and structured arrays as a table.
 *
 * @throws {FormatError} like `readNpy`
 */
export function readNpyContent(bytes: Uint8Array, file: string): Tensor | Table {
  const { dtype, isColumnMajor, shape, start, bytes: announced } = parseNpyHeader(bytes, file);
  if (dtype.kind === 'objects' || announced === undefined) throw objectsError(file);
  requireLength(file, announced, bytes.length, { header: 'NPY header', shape });
  const packed = bytes.subarray(start);
  if (dtype.kind === 'number') {
    const data = decodeElements(packed, dtype.type, dtype.byteOrder, file);
    return { data: isColumnMajor && shape.length > 1 ? rowMajor(data, shape) : data, shape };
  }
  if (dtype.kind === 'other') {
    throw new FormatError(
      { file },
      `arrays of type ${shortened(dtype.descr)} are not read; those of ${READABLE_TYPES} are. Convert with numpy's astype.`,
    );
  }
  const [rows = 0] = shape;
  if (shape.length !== 1 || rows === 0 || dtype.size === 0) {
    throw new FormatError(
      { file },
      `arrays of texts, dates or records are read with one dimension, which is not empty; this one's shape is (${shortened(shape.join(', '))}). Use numpy's reshape.`,
    );
  }
  return dtype.kind === 'record'
    ? recordTable(packed, dtype, rows, file)
    : tableOfColumns(
        [arrayColumn(packed, { name: ARRAY_COLUMN, type: dtype, shape: [], rows }, file)],
        rows,
        file,
      );
}

/** The most bytes of a header that an array of numbers has. */
const HEADER_BYTES = 1 << 16;

async function openRows({ parts, file, signal }: PartsRequest): Promise<RowRanges | undefined> {
  const head = await parts.read(0, Math.min(HEADER_BYTES, parts.byteLength), signal);
  if (!hasWholeHeader(head, file)) return undefined;
  const { dtype, isColumnMajor, shape, start, bytes } = parseNpyHeader(head, file);
  if (dtype.kind !== 'number' || isColumnMajor || bytes === undefined) return undefined;
  requireLength(file, bytes, parts.byteLength, { header: 'NPY header', shape });
  return packedRows(parts, { type: dtype.type, byteOrder: dtype.byteOrder, shape, start }, file);
}

function recordTable(packed: Uint8Array, { fields, size }: RecordType, rows: number, file: string): Table {
  const columns = fields.map(({ name, offset, type, shape }) => {
    const length = type.size * elementCount(shape);
    const values = new Uint8Array(rows * length);
    for (let row = 0, from = offset, to = 0; row < rows; row++, from += size) {
      for (let i = 0; i < length; i++) values[to++] = packed[from + i];
    }
    return arrayColumn(values, { name, type, shape, rows }, file);
  });
  return tableOfColumns(columns, rows, file);
}

/** @param columns with sentences in place of those that are left out */
function tableOfColumns(columns: readonly (Column | string)[], rows: number, file: string): Table {
  const notes = columns.filter((column) => typeof column === 'string');
  const read = columns.filter((column) => typeof column !== 'string');
  if (read.length === 0) throw new FormatError({ file }, notes[0] ?? 'the array has no columns.');
  return { name: file, rows, columns: read, notes };
}

/**
 * Writes a NumPy array file, version 1.0, row-major and little-endian.
 *
 * @param tensor one or two dimensions, row-major
 * @throws {ShapeError} when the shape and the number of elements disagree
 * @throws {InvalidArgumentError} for other numbers of dimensions
 */
export function writeNpy({ data, shape }: Tensor): Uint8Array {
  if (shape.length < 1 || shape.length > 2) {
    throw new InvalidArgumentError(`NPY files are written with one or two dimensions; got ${shape.length}.`);
  }
  if (elementCount(shape) !== data.length) {
    throw new ShapeError(
      `An array of shape ${shape.join(' x ')} needs ${elementCount(shape)} values; got ${data.length}.`,
    );
  }
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descrOf(data)}', 'fortran_order': False, 'shape': (${extents}), }`;
  // NumPy aligns the data to 64 bytes, with spaces and a newline after the dict.
  const start = Math.ceil((10 + dict.length + 1) / 64) * 64;
  const out = new Uint8Array(start + data.byteLength);
  out.set([...NPY_MAGIC, 1, 0, (start - 10) & 0xff, (start - 10) >> 8]);
  out.set(new TextEncoder().encode(dict.padEnd(start - 11) + '\n'), 10);
  out.set(bytesOf(data), start);
  return out;
}

function descrOf(data: TensorData): string {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Int32Array) return '<i4';
  if (data instanceof Uint32Array) return '<u4';
  return '|u1';
}

/** The elements of a column-major array in row-major order. */
function rowMajor(data: TensorData, shape: readonly number[]): TensorData {
  const out = data.slice();
  // In a column-major array, an extent's step is the product of the extents before it.
  const steps = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const at = shape.map(() => 0);
  for (let i = 0, from = 0; i < data.length; i++) {
    out[i] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++at[axis] < shape[axis]) break;
      from -= steps[axis] * shape[axis];
      at[axis] = 0;
    }
  }
  return out;
}
