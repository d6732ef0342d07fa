import type { ParquetType } from 'hyparquet';
import type { Values } from '../columnar/number-type.ts';

/** Bytes of a value in the deprecated type of times. */
const INT96_BYTES = 12;

/**
 * Values one after another.
 *
 * @param typeLength bytes of a value of fixed length
 * @throws {Error} when there are too few bytes
 */
export function readPlain(
  bytes: Uint8Array,
  type: ParquetType,
  count: number,
  typeLength: number | undefined,
): Values {
  switch (type) {
    case 'BOOLEAN':
      requireBytes(bytes, Math.ceil(count / 8));
      return Uint8Array.from({ length: count }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
    case 'BYTE_ARRAY':
      return readByteArrays(bytes, count);
    case 'INT96':
      return slices(bytes, count, INT96_BYTES);
    case 'FIXED_LEN_BYTE_ARRAY':
      return slices(bytes, count, requireLength(typeLength));
    case 'INT32': {
      const { buffer, byteOffset } = aligned(bytes, count, 4);
      return new Int32Array(buffer, byteOffset, count);
    }
    case 'INT64': {
      const { buffer, byteOffset } = aligned(bytes, count, 8);
      return new BigInt64Array(buffer, byteOffset, count);
    }
    case 'FLOAT': {
      const { buffer, byteOffset } = aligned(bytes, count, 4);
      return new Float32Array(buffer, byteOffset, count);
    }
    case 'DOUBLE': {
      const { buffer, byteOffset } = aligned(bytes, count, 8);
      return new Float64Array(buffer, byteOffset, count);
    }
  }
}

/** Values whose first bytes come first, then all second bytes, and so on. */
export function readSplit(
  bytes: Uint8Array,
  type: ParquetType,
  count: number,
  typeLength: number | undefined,
): Values {
  const width =
    type === 'FIXED_LEN_BYTE_ARRAY'
      ? requireLength(typeLength)
      : type === 'INT32' || type === 'FLOAT'
        ? 4
        : 8;
  requireBytes(bytes, count * width);
  const joined = new Uint8Array(count * width);
  for (let b = 0; b < width; b++) {
    for (let i = 0; i < count; i++) joined[i * width + b] = bytes[b * count + i];
  }
  return readPlain(joined, type, count, typeLength);
}

function requireBytes(bytes: Uint8Array, needed: number): void {
  if (needed > bytes.length)
    throw new Error(`a page has ${bytes.length} bytes of values and needs ${needed}`);
}

function requireLength(typeLength: number | undefined): number {
  if (typeLength === undefined || !(typeLength > 0))
    throw new Error('values of a fixed length have no length');
  return typeLength;
}

function readByteArrays(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  // Each has a length of four bytes.
  requireBytes(bytes, count * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Array<Uint8Array>(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const start = at + 4;
    if (start > bytes.length) throw new Error('a page is cut short');
    at = start + view.getUint32(at, true);
    if (at > bytes.length) throw new Error('a page is cut short');
    values[i] = bytes.subarray(start, at);
  }
  return values;
}

function slices(bytes: Uint8Array, count: number, width: number): readonly Uint8Array[] {
  requireBytes(bytes, count * width);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * width, (i + 1) * width));
}

/** The bytes of these values, where a view of values of this width can begin. */
function aligned(bytes: Uint8Array, count: number, width: number): Uint8Array {
  requireBytes(bytes, count * width);
  return bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes.subarray(0, count * width));
}
