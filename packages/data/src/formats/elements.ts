import type { TensorData } from '@shoal/core';
import { FormatError } from '../errors.ts';

/** Number types in files. `i8`, `i16` and `i64` are read into wider types, because there is no tensor type for them. */
export type ElementType = 'u8' | 'i8' | 'i16' | 'i32' | 'i64' | 'u32' | 'f32' | 'f64';

/** Bytes per element. */
export const ELEMENT_SIZE: Readonly<Record<ElementType, number>> = {
  u8: 1,
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
  u32: 4,
  f32: 4,
  f64: 8,
};

/**
 * Reads packed numbers. Bytes are viewed in place; everything else is copied, so alignment never matters.
 * `i8` and `i16` become Int32Array; `i64` becomes Float64Array, exactly.
 *
 * @param bytes exactly the elements' bytes
 * @param file name for errors
 * @throws {FormatError} when a 64-bit integer is beyond 2^53 - 1, where float64 would round it
 */
export function decodeElements(
  bytes: Uint8Array,
  type: ElementType,
  byteOrder: 'little' | 'big',
  file: string,
): TensorData {
  // A plain Uint8Array even for Node.js's Buffer: slice() copies for a Uint8Array, but shares memory for a Buffer.
  if (type === 'u8') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not bytes.slice(): a file is read into Node.js's Buffer, and its slice() is a view of the same memory.
  const copy = new Uint8Array(bytes);
  // Every platform that runs JavaScript is little-endian.
  if (byteOrder === 'big') reverseElements(copy, ELEMENT_SIZE[type]);
  switch (type) {
    case 'i8':
      return Int32Array.from(new Int8Array(copy.buffer));
    case 'i16':
      return Int32Array.from(new Int16Array(copy.buffer));
    case 'i32':
      return new Int32Array(copy.buffer);
    case 'u32':
      return new Uint32Array(copy.buffer);
    case 'f32':
      return new Float32Array(copy.buffer);
    case 'f64':
      return new Float64Array(copy.buffer);
    case 'i64':
      return exactFloat64(new BigInt64Array(copy.buffer), file);
  }
}

/** The memory of typed data as bytes, without copying. */
export function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Product of the extents: how many elements a shape holds; 1 for a scalar's empty shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function reverseElements(bytes: Uint8Array, size: number): void {
  // By index, because a view of each element would take seconds for a large file.
  for (let start = 0; start < bytes.length; start += size) {
    for (let i = start, j = start + size - 1; i < j; i++, j--) {
      const byte = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = byte;
    }
  }
}

function exactFloat64(values: BigInt64Array, file: string): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    out[i] = Number(values[i]);
    if (!Number.isSafeInteger(out[i])) {
      throw new FormatError(
        { file },
        `element ${i} is the 64-bit integer ${values[i]}, beyond the 2^53 - 1 that can be read exactly. ` +
          'Save the array as float64 or int32.',
      );
    }
  }
  return out;
}
