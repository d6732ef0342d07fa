import { isMissing, type Column } from '@shoal/tables';

/** The type in which a typed format stores a column. */
export type WrittenType =
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'boolean' | 'day' | 'text' | 'uuid' | 'bytes' }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  | { readonly kind: 'moment'; readonly unit: TimeUnit; readonly zone: string | undefined }
  | {
      readonly kind: 'vector';
      readonly element: 'uint8' | 'float32' | 'float64';
      /** Numbers per row of an image, which is a list of its rows. */
      readonly imageWidth: number | undefined;
    };

type TimeUnit = 'ms' | 'us' | 'ns';

/** A number holds so many digits of any decimal. */
const DIGITS_OF_NUMBERS = 15;
/** Decimals of so many digits are integers of 64 bits in the file. */
const MAX_DECIMAL_DIGITS = 18;

/** The type that a column had in its file, if its values still have it, or else the narrowest that holds them. */
export function writtenType(column: Column): WrittenType {
  const { stored = '' } = column;
  switch (column.type) {
    case 'number':
      return numberType(column.values, column.integers, stored);
    case 'boolean':
    case 'bytes':
      return { kind: column.type };
    case 'date':
      return dateType(column.precision, stored);
    case 'text':
      return textType(stored);
    case 'vector': {
      const { data, scale } = column.values;
      const imageWidth = column.imageShape?.[1];
      if (scale !== 1 || data instanceof Float64Array)
        return { kind: 'vector', element: 'float64', imageWidth };
      return { kind: 'vector', element: data instanceof Float32Array ? 'float32' : 'uint8', imageWidth };
    }
  }
}

function numberType(values: ArrayLike<number>, integers: boolean, stored: string): WrittenType {
  const integer = /^(u?)int(8|16|32|64)$/.exec(stored);
  if (integer !== null && integers) return integerType(Number(integer[2]), integer[1] === '');
  if (stored.startsWith('duration') && integers) return integerType(64, true);
  const decimal = decimalType(values, stored);
  if (decimal !== undefined) return decimal;
  if (stored === 'float16') return { kind: 'float', bits: 16 };
  if (stored === 'float64' || !integers)
    return { kind: 'float', bits: values instanceof Float32Array ? 32 : 64 };
  return integerTypeOf(values);
}

/**
 * The type of decimals; undefined for other numbers, and where some have more digits than a number holds. Wider decimals get the
 * 18 digits of an integer of 64 bits.
 */
function decimalType(values: ArrayLike<number>, stored: string): WrittenType | undefined {
  const decimal = /^decimal\((\d+), (\d+)\)$/.exec(stored);
  if (decimal === null) return undefined;
  const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
  const greatest = 10 ** (DIGITS_OF_NUMBERS - scale);
  const areHeld =
    precision <= DIGITS_OF_NUMBERS ||
    (scale <= MAX_DECIMAL_DIGITS && Array.from(values).every((value) => !(Math.abs(value) > greatest)));
  return areHeld ? { kind: 'decimal', precision: Math.min(precision, MAX_DECIMAL_DIGITS), scale } : undefined;
}

/** The type of integers without a type: by their array, or 64 bits where a number holds them all. */
function integerTypeOf(values: ArrayLike<number>): WrittenType {
  if (values instanceof Float32Array) return { kind: 'float', bits: 32 };
  if (values instanceof Float64Array) {
    const fit = values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value));
    return fit ? integerType(64, true) : { kind: 'float', bits: 64 };
  }
  if (values instanceof Uint8Array) return integerType(8, false);
  if (values instanceof Uint16Array) return integerType(16, false);
  if (values instanceof Uint32Array) return integerType(32, false);
  if (values instanceof Int8Array) return integerType(8, true);
  return integerType(values instanceof Int16Array ? 16 : 32, true);
}

function integerType(bits: number, signed: boolean): WrittenType {
  return { kind: 'integer', bits: bits === 8 || bits === 16 || bits === 32 ? bits : 64, signed };
}

function dateType(precision: 'day' | 'moment' | 'time', stored: string): WrittenType {
  if (precision === 'day') return { kind: 'day' };
  const named = /^(?:time|timestamp)\[(s|ms|us|ns)(?:, (.+))?\]$/.exec(stored);
  const found = named?.[1];
  const unit = found === 'us' || found === 'ns' ? found : 'ms';
  if (precision === 'time') return { kind: 'time', unit };
  // Moments of a file that says nothing are counted in UTC.
  return { kind: 'moment', unit, zone: named === null ? 'UTC' : named[2] };
}

function textType(stored: string): WrittenType {
  if (stored === 'uuid') return { kind: 'uuid' };
  if (stored === 'int64' || stored === 'uint64') return integerType(64, stored === 'int64');
  return { kind: 'text' };
}

/** Whether any row lacks this column's value. */
export function hasMissing(column: Column, rows: number): boolean {
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) return true;
  return false;
}
