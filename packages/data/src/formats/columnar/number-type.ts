export type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Values as files store them: numbers, or the bytes of each. Booleans are 0 and 1. */
export type Values = NumberArray | BigInt64Array | BigUint64Array | readonly Uint8Array[];

/** The values of a part of a file as numbers; integers beyond 2^53 are rounded. */
export type ToNumbers = (values: Values) => ArrayLike<number>;

/** How a column of numbers, dates or booleans is read. */
export interface NumberType {
  readonly type: 'number' | 'boolean' | 'day' | 'moment' | 'time';
  /** The type in the file: "int64". */
  readonly stored: string | undefined;
  /** An array for this many values, of the narrowest type that holds each exactly. */
  readonly array: (length: number) => NumberArray;
  readonly numbers: ToNumbers;
  /** Whether a value beyond 2^53 must not be rounded. */
  readonly exact?: true;
}

/** A unit of times in a file. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

const DAY = 86_400_000;
const MILLISECONDS = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 } as const;

export const BOOLEAN_TYPE: NumberType = {
  type: 'boolean',
  stored: undefined,
  array: (length) => new Uint8Array(length),
  numbers: asNumbers,
};

/** @param bits 8, 16, 32 or 64 */
export function integerType(bits: number, signed: boolean): NumberType {
  const stored = `${signed ? 'int' : 'uint'}${bits}`;
  if (bits === 64) {
    const numbers: ToNumbers = signed ? int64Numbers : (values) => int64Numbers(unsigned64(values));
    return { ...float64Type(stored, numbers), exact: true };
  }
  return {
    type: 'number',
    stored,
    array: (length) => integerArray(bits, signed, length),
    numbers: asNumbers,
  };
}

function integerArray(bits: number, signed: boolean, length: number): NumberArray {
  if (bits === 8) return signed ? new Int8Array(length) : new Uint8Array(length);
  if (bits === 16) return signed ? new Int16Array(length) : new Uint16Array(length);
  return signed ? new Int32Array(length) : new Uint32Array(length);
}

export function float64Type(stored = 'float64', numbers: ToNumbers = asNumbers): NumberType {
  return { type: 'number', stored, array: (length) => new Float64Array(length), numbers };
}

export function float32Type(stored = 'float32', numbers: ToNumbers = asNumbers): NumberType {
  return { type: 'number', stored, array: (length) => new Float32Array(length), numbers };
}

/** @param unscaled the integers without their decimal point */
export function decimalType(precision: number, scale: number, unscaled: ToNumbers): NumberType {
  // Division gives the number nearest to a decimal; a product with 0.1 does not.
  const divisor = 10 ** scale;
  return float64Type(`decimal(${precision}, ${scale})`, (values) =>
    Float64Array.from(unscaled(values), (value) => value / divisor),
  );
}

/** Days since 1970. */
export function dayType(): NumberType {
  const numbers: ToNumbers = (values) => Float64Array.from(asNumbers(values), (value) => value * DAY);
  return { ...float64Type('date', numbers), type: 'day' };
}

/** Times of the day, since midnight. */
export function timeType(unit: TimeUnit): NumberType {
  return { ...float64Type(`time[${unit}]`, millisecondsOf(unit)), type: 'time' };
}

/** @param zone of the moments, which are counted since 1970 in UTC; undefined for times without a zone */
export function momentType(unit: TimeUnit, zone?: string): NumberType {
  const stored = zone === undefined ? `timestamp[${unit}]` : `timestamp[${unit}, ${zone}]`;
  return { ...float64Type(stored, millisecondsOf(unit)), type: 'moment' };
}

function millisecondsOf(unit: TimeUnit): ToNumbers {
  return (values) => {
    // float64 cannot tell nanoseconds of this century apart, but microseconds.
    if (unit === 'ns' && is64(values)) {
      const { length } = values;
      return Float64Array.from({ length }, (_, i) => Number(values[i] / 1000n) / 1000);
    }
    const numbers = is64(values) ? int64Numbers(values) : asNumbers(values);
    const milliseconds = MILLISECONDS[unit];
    if (milliseconds >= 1) return Float64Array.from(numbers, (value) => value * milliseconds);
    const perMillisecond = Math.round(1 / milliseconds);
    return Float64Array.from(numbers, (value) => value / perMillisecond);
  };
}

/** Integers of 64 bits, from their halves: a bigint of each would take far longer. */
export function int64Numbers(values: Values): Float64Array {
  if (!is64(values)) throw wrongType();
  const { buffer, byteOffset, length } = values;
  const low = new Uint32Array(buffer, byteOffset, 2 * length);
  const high = values instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, 2 * length) : low;
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) numbers[i] = high[2 * i + 1] * 2 ** 32 + low[2 * i];
  return numbers;
}

/** The same bits without a sign. */
export function unsigned64(values: Values): Values {
  if (!(values instanceof BigInt64Array)) return values;
  return new BigUint64Array(values.buffer, values.byteOffset, values.length);
}

export function asNumbers(values: Values): ArrayLike<number> {
  if (isByteArrays(values) || is64(values)) throw wrongType();
  return values;
}

/** A number from the bytes of each value. */
export function eachBytes(read: (bytes: Uint8Array) => number): ToNumbers {
  return (values) => {
    if (!isByteArrays(values)) throw wrongType();
    return Float64Array.from(values, read);
  };
}

function is64(values: Values): values is BigInt64Array | BigUint64Array {
  return values instanceof BigInt64Array || values instanceof BigUint64Array;
}

export function isByteArrays(values: Values): values is readonly Uint8Array[] {
  return Array.isArray(values);
}

function wrongType(): Error {
  return new Error('the values of a column are of another type than it says');
}

/** Room for missing values, which only floats can hold: float32 for integers of up to 16 bits, float64 for others. */
export function asFloats(values: NumberArray): Float64Array | Float32Array {
  if (values instanceof Float64Array || values instanceof Float32Array) return values;
  return values.BYTES_PER_ELEMENT < 4 ? Float32Array.from(values) : Float64Array.from(values);
}

/** Whether an integer is too large for a number to hold exactly. */
export function isRounded(value: number): boolean {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER;
}
