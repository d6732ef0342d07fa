import type { SchemaElement } from 'hyparquet';
import { parseDecimal, parseFloat16 } from 'hyparquet/src/convert.js';
import {
  asNumbers,
  BOOLEAN_TYPE,
  dayType,
  decimalType,
  eachBytes,
  float32Type,
  float64Type,
  int64Numbers,
  integerType,
  momentType,
  timeType,
  type NumberType,
  type ToNumbers,
} from '../columnar/number-type.ts';

const DAY = 86_400_000;
/** Of the calendar that INT96 counts days in. */
const JULIAN_DAY_OF_1970 = 2_440_588;

/** How a column of numbers, dates or booleans is read; undefined when it has texts or bytes. */
export function numberTypeOf(element: SchemaElement): NumberType | undefined {
  const { type, logical_type: logical } = element;
  switch (type) {
    case 'BOOLEAN':
      return BOOLEAN_TYPE;
    case 'FLOAT':
      return float32Type();
    case 'DOUBLE':
      return float64Type();
    case 'INT32':
      return type32(element);
    case 'INT64':
      return type64(element);
    case 'INT96':
      return { ...momentType('ns'), numbers: eachBytes(int96Milliseconds) };
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      if (isDecimal(element)) return decimal(element, eachBytes(parseDecimal));
      break;
    case undefined:
      break;
  }
  if (logical?.type !== 'FLOAT16') return undefined;
  return float32Type(
    'float16',
    eachBytes((bytes) => parseFloat16(bytes) ?? NaN),
  );
}

function type32(element: SchemaElement): NumberType {
  const { converted_type: old, logical_type: logical } = element;
  if (logical?.type === 'DATE' || old === 'DATE') return dayType();
  if (logical?.type === 'TIME' || old === 'TIME_MILLIS') return timeType('ms');
  if (isDecimal(element)) return decimal(element, asNumbers);
  return integer(element, 32);
}

const UNITS = { MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' } as const;

function type64(element: SchemaElement): NumberType {
  const { converted_type: old, logical_type: logical } = element;
  if (logical?.type === 'TIME') return timeType(UNITS[logical.unit]);
  if (logical?.type === 'TIMESTAMP') {
    return momentType(UNITS[logical.unit], logical.isAdjustedToUTC ? 'UTC' : undefined);
  }
  if (old === 'TIMESTAMP_MILLIS') return momentType('ms', 'UTC');
  if (old === 'TIMESTAMP_MICROS') return momentType('us', 'UTC');
  if (old === 'TIME_MICROS') return timeType('us');
  if (isDecimal(element)) return decimal(element, int64Numbers);
  return integer(element, 64);
}

/** Integers whose width and sign may be narrower than those of their bytes. */
function integer({ converted_type: old, logical_type: logical }: SchemaElement, bits: 32 | 64): NumberType {
  const named = /^(U?)INT_(\d+)$/.exec(old ?? '');
  if (logical?.type === 'INTEGER') {
    return integerType(bits === 64 ? 64 : logical.bitWidth, logical.isSigned);
  }
  if (named !== null) return integerType(bits === 64 ? 64 : Number(named[2]), named[1] === '');
  return integerType(bits, true);
}

function isDecimal({ converted_type: old, logical_type: logical }: SchemaElement): boolean {
  return old === 'DECIMAL' || logical?.type === 'DECIMAL';
}

function decimal(element: SchemaElement, unscaled: ToNumbers): NumberType {
  const { precision = 0, scale = 0 } =
    element.logical_type?.type === 'DECIMAL' ? element.logical_type : element;
  return decimalType(precision, scale, unscaled);
}

/** Nanoseconds of the day in eight bytes, then the day in four. */
function int96Milliseconds(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nanoseconds = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  return (view.getInt32(8, true) - JULIAN_DAY_OF_1970) * DAY + nanoseconds / 1e6;
}
