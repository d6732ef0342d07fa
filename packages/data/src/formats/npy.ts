import { InvalidArgumentError, ShapeError, type Tensor, type TensorData } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { bytesOf, decodeElements, elementCount, ELEMENT_SIZE, type ElementType } from './elements.ts';
import type { FileFormat } from './format.ts';
import { requireLength } from './require-length.ts';
import { shortened } from './shortened.ts';

// "\x93NUMPY", then the version and the header's length; the header is a Python dict literal in ASCII.
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const TYPE_OF_DESCR: Readonly<Record<string, ElementType>> = {
  f4: 'f32',
  f8: 'f64',
  u1: 'u8',
  i4: 'i32',
  u4: 'u32',
  i8: 'i64',
};

/**
 * Greatest number of bytes of a header: the limit of version 1, and some hundred times what one or two dimensions need.
 */
const MAX_HEADER_BYTES = 0xffff;

export const npyFormat = {
  name: 'npy',
  title: 'NPY',
  extensions: ['npy'],
  sniff: isNpy,
  options: [],
  announcedBytes: (head, file) => parseHeader(head, file).bytes,
  read: async ({ bytes, file }) => readNpy(bytes, file),
} as const satisfies FileFormat;

/** Whether the bytes start like an NPY file. */
function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads a NumPy array file (NEP 1, "A simple file format for NumPy arrays"), versions 1 to 3, of one or two
 * dimensions. Types f4, f8, u1, i4 and u4 keep their type; i8 becomes Float64Array. Column-major arrays are
 * converted to row-major.
 *
 * @param file name for errors
 * @throws {FormatError} on a wrong magic number, an unreadable header, another type or number of dimensions,
 *   a length that does not fit the header, or a 64-bit integer that float64 cannot hold exactly
 */
export function readNpy(bytes: Uint8Array, file = 'NPY data'): Tensor {
  const { type, isBig, isColumnMajor, shape, start, bytes: announced } = parseHeader(bytes, file);
  requireLength(file, announced, bytes.length, { header: 'NPY header', shape });
  const data = decodeElements(bytes.subarray(start), type, isBig ? 'big' : 'little', file);
  return { data: isColumnMajor && shape.length === 2 ? transposed(data, shape[1], shape[0]) : data, shape };
}

interface Header {
  readonly type: ElementType;
  readonly isBig: boolean;
  readonly isColumnMajor: boolean;
  readonly shape: number[];
  /** The offset of the first element. */
  readonly start: number;
  /** Length of the whole file. */
  readonly bytes: number;
}

function parseHeader(bytes: Uint8Array, file: string): Header {
  if (!isNpy(bytes)) {
    throw new FormatError({ file }, 'not an NPY file: it does not start with the bytes "\\x93NUMPY".');
  }
  const { text, end } = headerText(bytes, file);
  const descr = /'descr'\s*:\s*'([<>|=])([a-z]\d+)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const extents = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (!order || !extents) {
    throw new FormatError({ file }, `the NPY header cannot be read: "${shortened(text.trim())}".`);
  }
  const type = descr ? TYPE_OF_DESCR[descr[2]] : undefined;
  if (!descr || !type) {
    throw new FormatError(
      { file },
      `only arrays of type ${Object.keys(TYPE_OF_DESCR).join(', ')} can be read; the header is "${shortened(text.trim())}". Convert with numpy's astype.`,
    );
  }
  const shape = extents[1]
    .split(',')
    .map((extent) => extent.trim())
    .filter((extent) => extent !== '')
    .map(Number);
  if (shape.length < 1 || shape.length > 2) {
    throw new FormatError(
      { file },
      `only arrays of one or two dimensions can be read; this one's shape is (${shortened(shape.join(', '))}). Use numpy's reshape to make one row per point.`,
    );
  }
  return {
    type,
    isBig: descr[1] === '>',
    isColumnMajor: order[1] === 'True',
    shape,
    start: end,
    bytes: end + elementCount(shape) * ELEMENT_SIZE[type],
  };
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
  out.set([...MAGIC, 1, 0, (start - 10) & 0xff, (start - 10) >> 8]);
  out.set(new TextEncoder().encode(dict.padEnd(start - 11) + '\n'), 10);
  out.set(bytesOf(data), start);
  return out;
}

function headerText(bytes: Uint8Array, file: string): { text: string; end: number } {
  const [version = 0] = bytes.subarray(6);
  if (version < 1 || version > 3) {
    throw new FormatError({ file }, `NPY version ${version} is unknown; versions 1 to 3 can be read.`);
  }
  const start = version === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length =
    bytes.length < start ? Infinity : start === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES && length !== Infinity) {
    throw new FormatError(
      { file },
      `the NPY header announces ${length} bytes, but at most ${MAX_HEADER_BYTES} are read. The file is damaged, or not an array of one or two dimensions.`,
    );
  }
  if (start + length > bytes.length) {
    throw new FormatError({ file }, `the NPY header is cut short at ${bytes.length} bytes.`);
  }
  return { text: new TextDecoder().decode(bytes.subarray(start, start + length)), end: start + length };
}

function descrOf(data: TensorData): string {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Int32Array) return '<i4';
  if (data instanceof Uint32Array) return '<u4';
  return '|u1';
}

/** Transposes a row-major `rows x columns` array to row-major `columns x rows`. */
function transposed(data: TensorData, rows: number, columns: number): TensorData {
  const out = data.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j];
  }
  return out;
}
