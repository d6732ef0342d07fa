import type { Tensor } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { decodeElements, elementCount, ELEMENTS, type ElementType } from './elements.ts';
import type { FileFormat, PartsRequest } from './format.ts';
import { MAX_BYTES } from './gather.ts';
import { gunzip } from './gzip.ts';
import { packedRows, type RowRanges } from './row-ranges.ts';
import { requireLength } from './require-length.ts';

const TYPE_OF_CODE = new Map<number, ElementType>([
  [0x08, 'u8'],
  [0x09, 'i8'],
  [0x0b, 'i16'],
  [0x0c, 'i32'],
  [0x0d, 'f32'],
  [0x0e, 'f64'],
]);

export const idxFormat = {
  name: 'idx',
  title: 'IDX',
  extensions: ['idx', 'idx1-ubyte', 'idx3-ubyte'],
  sniff: isIdx,
  options: [],
  announcedBytes: (head, file) => parseHeader(head, file).bytes,
  read: ({ bytes, file }) => readIdx(bytes, file),
  openRows,
} as const satisfies FileFormat;

/** Whether the bytes start like an IDX file: two zeros, a known type, one to four dimensions. */
function isIdx(bytes: Uint8Array): boolean {
  const [first, second, type = 0, dimensions = 0] = bytes;
  return first === 0 && second === 0 && TYPE_OF_CODE.has(type) && dimensions >= 1 && dimensions <= 4;
}

/**
 * Reads an IDX file, the format of MNIST and Fashion-MNIST (LeCun, "The MNIST database", 1998), plain or gzipped.
 * Unsigned bytes stay a Uint8Array.
 *
 * @param file name for errors
 * @throws {FormatError} on a wrong magic number, an unknown element type, or a length that does not fit the header
 */
export async function readIdx(bytes: Uint8Array, file = 'IDX data'): Promise<Tensor> {
  const expected = (head: Uint8Array) => parseHeader(head, file).bytes;
  const plain = await gunzip(bytes, { file, maxBytes: MAX_BYTES, expected });
  const { type, start, shape, bytes: announced } = parseHeader(plain, file);
  requireLength(file, announced, plain.length, { header: 'IDX header', shape });
  return { data: decodeElements(plain.subarray(start), type, 'big', file), shape };
}

/** Bytes of the longest header: four dimensions. */
const HEADER_BYTES = 20;

async function openRows({ parts, file, signal }: PartsRequest): Promise<RowRanges> {
  const head = await parts.read(0, Math.min(HEADER_BYTES, parts.byteLength), signal);
  const { type, shape, start, bytes } = parseHeader(head, file);
  requireLength(file, bytes, parts.byteLength, { header: 'IDX header', shape });
  return packedRows(parts, { type, byteOrder: 'big', shape, start }, file);
}

interface Header {
  readonly type: ElementType;
  readonly shape: number[];
  /** The offset of the first element. */
  readonly start: number;
  /** Length of the whole file. */
  readonly bytes: number;
}

function parseHeader(plain: Uint8Array, file: string): Header {
  if (!isIdx(plain)) {
    const magic = Array.from(plain.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new FormatError(
      { file },
      `not an IDX file: it starts with the bytes "${magic}" instead of two zeros, an element type (08 to 0e) and 1 to 4 dimensions.`,
    );
  }
  const type = TYPE_OF_CODE.get(plain[2])!;
  const dimensions = plain[3];
  const start = 4 + 4 * dimensions;
  if (plain.length < start) {
    throw new FormatError({ file }, `the IDX header is cut short at ${plain.length} bytes.`);
  }
  const view = new DataView(plain.buffer, plain.byteOffset, start);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  return { type, shape, start, bytes: start + elementCount(shape) * ELEMENTS[type].size };
}
