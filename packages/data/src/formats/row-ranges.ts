import { matrix, type Matrix, type PartMemory } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { decodeElements, elementCount, ELEMENTS, type ByteOrder, type ElementType } from './elements.ts';
import type { RandomAccess } from './random-access.ts';
import { realValues } from './real-values.ts';

/** An array in a file, whose rows are read in ranges. */
export interface RowRanges {
  readonly rows: number;
  readonly columns: number;
  /** Bytes of a row as a matrix holds it. */
  readonly rowBytes: number;
  /**
   * Rows `start <= i < end`.
   *
   * @param memory where the values may be
   * @throws {FormatError} when the file has fewer bytes, or a 64-bit integer that float64 cannot hold exactly
   * @throws the signal's reason when aborted
   */
  readonly read: (start: number, end: number, signal?: AbortSignal, memory?: PartMemory) => Promise<Matrix>;
}

/** How an array is packed in a file, row after row. */
export interface PackedArray {
  readonly type: ElementType;
  readonly byteOrder: ByteOrder;
  readonly shape: readonly number[];
  /** The offset of the first element. */
  readonly start: number;
}

/**
 * The rows of a packed array; the first dimension counts them, the others are laid out as columns.
 *
 * @throws {FormatError} when it has fewer than two dimensions, or one of them is 0
 */
export function packedRows(
  parts: RandomAccess,
  { type, byteOrder, shape, start: first }: PackedArray,
  file: string,
): RowRanges {
  const [rows = 0, ...rest] = shape;
  const columns = elementCount(rest);
  if (rest.length === 0 || rows === 0 || columns === 0) {
    throw new FormatError(
      { file },
      `points need two dimensions, neither of them 0; this array's shape is (${shape.join(', ')}).`,
    );
  }
  const packed = columns * ELEMENTS[type].size;
  return {
    rows,
    columns,
    rowBytes: columns * bytesOfValue(type),
    read: async (start, end, signal, memory) => {
      const bytes = await parts.read(first + start * packed, first + end * packed, signal, memory);
      const floats = type === 'f32' && byteOrder === 'little' ? floatsIn(bytes) : undefined;
      const values = floats ?? realValues(decodeElements(bytes, type, byteOrder, file));
      return matrix(values, end - start, columns);
    },
  };
}

/** The same memory as floats, where it is aligned: a copy of every part would take as long as reading it. */
function floatsIn({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array | undefined {
  return byteOffset % 4 === 0 ? new Float32Array(buffer, byteOffset, byteLength / 4) : undefined;
}

/** Bytes of a value in a matrix. */
function bytesOfValue(type: ElementType): number {
  if (type === 'u8' || type === 'bool') return 1;
  return type === 'f32' || type === 'f16' || type === 'bf16' ? 4 : 8;
}
