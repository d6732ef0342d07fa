import { matrix } from '@shoal/core';
import { columnOf, type Column } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import { decodeElements, elementCount, ELEMENTS, littleEndian } from '../elements.ts';
import { numberColumn } from '../number-column.ts';
import { realValues } from '../real-values.ts';
import type { DateUnit, ValueType } from './dtype.ts';

/** What an array says of a column. */
interface ArrayColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Extents of a row; empty when it is one value. */
  readonly shape: readonly number[];
  readonly rows: number;
}

/**
 * A column of packed elements: numbers, vectors, booleans, texts or dates. 64-bit integers beyond 2^53 become texts, which
 * keep all digits.
 *
 * @returns the column; or, when its type cannot be read, a sentence that says why it is left out
 * @throws {FormatError} when a text is malformed, or a vector holds 64-bit integers beyond 2^53
 */
export function arrayColumn(
  packed: Uint8Array,
  { name, type, shape, rows }: ArrayColumn,
  file: string,
): Column | string {
  const isVector = shape.length > 0;
  if (type.kind === 'other') return `The column "${name}" is left out: its type ${type.descr} is not read.`;
  if (isVector && type.kind !== 'number')
    return `The column "${name}" is left out: it holds several texts or dates in a row.`;
  if (isVector && elementCount(shape) === 0) return `The column "${name}" is left out: its arrays are empty.`;
  switch (type.kind) {
    case 'bytes':
      return columnOf(name, bytesTexts(packed, type.size, rows));
    case 'unicode':
      return columnOf(name, unicodeTexts(littleEndian(packed, 4, type.byteOrder), type.size, rows, file));
    case 'date':
      return dateColumn(name, littleEndian(packed, 8, type.byteOrder), type);
    case 'number':
      break;
  }
  const { stored } = ELEMENTS[type.type];
  if (!isVector && (type.type === 'i64' || type.type === 'u64')) {
    return longIntegers(name, littleEndian(packed, 8, type.byteOrder), type.type, file);
  }
  const data = decodeElements(packed, type.type, type.byteOrder, file);
  if (isVector) {
    const values = matrix(realValues(data), rows, elementCount(shape));
    const column = { type: 'vector', name, values, stored } as const;
    return shape.length === 2 ? { ...column, imageShape: [shape[0], shape[1]] } : column;
  }
  return type.type === 'bool' && data instanceof Uint8Array
    ? { type: 'boolean', name, values: data }
    : numberColumn(name, data, stored);
}

function longIntegers(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  type: 'i64' | 'u64',
  file: string,
): Column {
  const values = type === 'i64' ? new BigInt64Array(bytes.buffer) : new BigUint64Array(bytes.buffer);
  const { stored } = ELEMENTS[type];
  for (const value of values) {
    if (!Number.isSafeInteger(Number(value)))
      return { ...columnOf(name, Array.from(values, String)), stored };
  }
  return numberColumn(name, decodeElements(bytes, type, 'little', file), stored);
}

/** NumPy's S: bytes, filled up with zeros. Those that are not UTF-8 are read as Latin-1. */
function bytesTexts(packed: Uint8Array, size: number, rows: number): string[] {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const latin1 = new TextDecoder('latin1');
  return Array.from({ length: rows }, (_, row) => {
    let end = (row + 1) * size;
    while (end > row * size && packed[end - 1] === 0) end--;
    const bytes = packed.subarray(row * size, end);
    try {
      return utf8.decode(bytes);
    } catch {
      return latin1.decode(bytes);
    }
  });
}

/** NumPy's U: code points of 32 bits, filled up with zeros. */
function unicodeTexts(bytes: Uint8Array<ArrayBuffer>, size: number, rows: number, file: string): string[] {
  const points = new Uint32Array(bytes.buffer);
  const length = size / 4;
  return Array.from({ length: rows }, (_, row) => {
    let end = (row + 1) * length;
    while (end > row * length && points[end - 1] === 0) end--;
    let text = '';
    for (let at = row * length; at < end; at++) {
      if (points[at] > 0x10ffff) {
        throw new FormatError(
          { file },
          `the text of element ${row} has the code ${points[at]}, which is not a character. The file is damaged.`,
        );
      }
      text += String.fromCodePoint(points[at]);
    }
    return text;
  });
}

/** The 64-bit integer that stands for a missing date, "NaT". */
const NOT_A_TIME = -(2n ** 63n);

function dateColumn(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  { unit, isDay }: { readonly unit: DateUnit; readonly isDay: boolean },
): Column {
  const values = Float64Array.from(new BigInt64Array(bytes.buffer), (count) =>
    count === NOT_A_TIME ? NaN : momentOf(Number(count), unit),
  );
  return { type: 'date', name, values, precision: isDay ? 'day' : 'moment' };
}

function momentOf(count: number, unit: DateUnit): number {
  if ('months' in unit) return Date.UTC(1970, count * unit.months, 1);
  // Microseconds and nanoseconds are divided, because their reciprocals are not exact.
  return unit.milliseconds >= 1 ? count * unit.milliseconds : count / Math.round(1 / unit.milliseconds);
}
