import type { TensorData } from '@shoal/core';
import { FormatError } from '../errors.ts';

/** Number types in files. Those that have no tensor type are read into wider ones; `bool` is read as 0 and 1. */
export type ElementType =
  | 'bool'
  | 'u8'
  | 'i8'
  | 'u16'
  | 'i16'
  | 'u32'
  | 'i32'
  | 'u64'
  | 'i64'
  | 'f16'
  | 'bf16'
  | 'f32'
  | 'f64';

interface Element {
  /** Bytes per element. */
  readonly size: number;
  /** Its name in the typed formats of tables. */
  readonly stored: string;
}

export const ELEMENTS: Readonly<Record<ElementType, Element>> = {
  bool: { size: 1, stored: 'bool' },
  u8: { size: 1, stored: 'uint8' },
  i8: { size: 1, stored: 'int8' },
  u16: { size: 2, stored: 'uint16' },
  i16: { size: 2, stored: 'int16' },
  u32: { size: 4, stored: 'uint32' },
  i32: { size: 4, stored: 'int32' },
  u64: { size: 8, stored: 'uint64' },
  i64: { size: 8, stored: 'int64' },
  f16: { size: 2, stored: 'float16' },
  bf16: { size: 2, stored: 'bfloat16' },
  f32: { size: 4, stored: 'float32' },
  f64: { size: 8, stored: 'float64' },
};

export type ByteOrder = 'little' | 'big';

/**
 * Reads packed numbers. Bytes are viewed in place; everything else is copied, so alignment never matters. Integers of 8
 * and 16 bits become Int32Array, those of 64 bits Float64Array, and floats of 16 bits Float32Array, all exactly.
 *
 * @param bytes exactly the elements' bytes
 * @param file name for errors
 * @throws {FormatError} when a 64-bit integer is beyond 2^53 - 1, where float64 would round it
 */
export function decodeElements(
  bytes: Uint8Array,
  type: ElementType,
  byteOrder: ByteOrder,
  file: string,
): TensorData {
  // A plain Uint8Array even for Node.js's Buffer: slice() copies for a Uint8Array, but shares memory for a Buffer.
  if (type === 'u8') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { buffer } = littleEndian(bytes, ELEMENTS[type].size, byteOrder);
  switch (type) {
    case 'bool':
      return new Uint8Array(buffer).map((byte) => Number(byte !== 0));
    case 'i8':
      return Int32Array.from(new Int8Array(buffer));
    case 'u16':
      return Int32Array.from(new Uint16Array(buffer));
    case 'i16':
      return Int32Array.from(new Int16Array(buffer));
    case 'i32':
      return new Int32Array(buffer);
    case 'u32':
      return new Uint32Array(buffer);
    case 'f16':
      return halfFloats(new Uint16Array(buffer));
    case 'bf16':
      return shortFloats(new Uint16Array(buffer));
    case 'f32':
      return new Float32Array(buffer);
    case 'f64':
      return new Float64Array(buffer);
    case 'i64':
      return exactFloat64(new BigInt64Array(buffer), file);
    case 'u64':
      return exactFloat64(new BigUint64Array(buffer), file);
  }
}

/** A copy of packed elements in the byte order of every platform that runs JavaScript. */
export function littleEndian(bytes: Uint8Array, size: number, byteOrder: ByteOrder): Uint8Array<ArrayBuffer> {
  // Not bytes.slice(): a file is read into Node.js's Buffer, and its slice() is a view of the same memory.
  const copy = new Uint8Array(bytes);
  if (byteOrder === 'big') reverseElements(copy, size);
  return copy;
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

/** Every value of a half-precision float, by its bits; filled when the first one is read. */
let halfValues: Float32Array | undefined;

/** Half precision of IEEE 754: a sign, 5 bits of exponent, 10 bits of fraction. */
export function halfFloats(bits: Uint16Array): Float32Array {
  const values = (halfValues ??= Float32Array.from({ length: 1 << 16 }, (_, half) => halfValue(half)));
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = values[bits[i]];
  return out;
}

function halfValue(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** bfloat16: the upper half of a float32. */
function shortFloats(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (upper) => upper << 16).buffer);
}

function exactFloat64(values: BigInt64Array | BigUint64Array, file: string): Float64Array {
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
