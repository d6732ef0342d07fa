import { cellAt, isMissing, type Column } from '@shoal/tables';
import type { DecodedArray } from 'hyparquet';
import type { ParquetColumn } from './parquet-schema.ts';
import type { WrittenType } from './written-type.ts';

const DAY = 86_400_000;

/** The values of some rows of a column as Parquet stores them; a missing one is null. */
export function parquetValues(
  column: Column,
  { type, isOptional }: ParquetColumn,
  start: number,
  end: number,
): DecodedArray {
  const whole = isOptional ? undefined : wholeValues(column, type, start, end);
  if (whole !== undefined) return whole;
  const valueAt = storedValue(column, type);
  return Array.from({ length: end - start }, (_, i) =>
    isMissing(column, start + i) ? null : valueAt(start + i),
  );
}

/** Where the array of the table is already what the file needs. */
function wholeValues(
  column: Column,
  type: WrittenType,
  start: number,
  end: number,
): DecodedArray | undefined {
  if (column.type !== 'number') return undefined;
  const { values } = column;
  const isFloat = type.kind === 'float' && type.bits > 16;
  if (isFloat && (values instanceof Float32Array || values instanceof Float64Array)) {
    return values.subarray(start, end);
  }
  if (type.kind !== 'integer') return undefined;
  if (type.bits === 64) return BigInt64Array.from(values.subarray(start, end), BigInt);
  // The writer would refuse a Uint32Array with values beyond 2^31, but takes a plain array of them.
  return values instanceof Int32Array ? values.subarray(start, end) : undefined;
}

/** The stored value of each row that has one. */
function storedValue(column: Column, type: WrittenType): (row: number) => unknown {
  if (column.type === 'number' || column.type === 'date') return storedNumber(column.values, type);
  if (column.type === 'text') {
    const { texts, codes } = column;
    // A text column of integers has those that a number cannot hold.
    return type.kind === 'integer' ? (row) => BigInt(texts[codes[row]]) : (row) => texts[codes[row]];
  }
  if (type.kind === 'vector') return (row) => vectorAt(cellAt(column, row), type.imageWidth);
  return (row) => cellAt(column, row);
}

function storedNumber(values: ArrayLike<number>, type: WrittenType): (row: number) => unknown {
  if (type.kind === 'integer' && type.bits === 64) return (row) => BigInt(values[row]);
  if (type.kind === 'decimal') {
    const factor = 10 ** type.scale;
    return (row) => BigInt(Math.round(values[row] * factor));
  }
  if (type.kind === 'day') return (row) => Math.floor(values[row] / DAY);
  if (type.kind === 'time' && type.unit === 'ms') return (row) => Math.round(values[row]);
  if (type.kind === 'time' || type.kind === 'moment') return (row) => inUnit(values[row], type.unit);
  return (row) => values[row];
}

/** Milliseconds in another unit, exact to a microsecond. */
function inUnit(milliseconds: number, unit: 'ms' | 'us' | 'ns'): bigint {
  if (unit === 'ms') return BigInt(Math.round(milliseconds));
  const microseconds = BigInt(Math.round(milliseconds * 1000));
  return unit === 'us' ? microseconds : microseconds * 1000n;
}

/** A list of numbers, or of the rows of an image. */
function vectorAt(vector: ReturnType<typeof cellAt>, imageWidth: number | undefined): unknown {
  if (!(vector instanceof Float64Array)) return null;
  const numbers = Array.from(vector, (value) => (Number.isNaN(value) ? null : value));
  if (imageWidth === undefined) return numbers;
  return Array.from({ length: numbers.length / imageWidth }, (_, row) =>
    numbers.slice(row * imageWidth, (row + 1) * imageWidth),
  );
}
