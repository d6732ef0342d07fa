import type { NumberColumn, NumberValues } from '@shoal/tables';

const WHOLE = [
  [Uint8Array, 0, 255],
  [Int8Array, -128, 127],
  [Uint16Array, 0, 65_535],
  [Int16Array, -32_768, 32_767],
  [Uint32Array, 0, 2 ** 32 - 1],
  [Int32Array, -(2 ** 31), 2 ** 31 - 1],
] as const;

/** A column of numbers, in the narrowest array that holds all of them exactly. */
export function narrowestColumn(name: string, values: Float64Array): NumberColumn {
  const { integers, isSingle, whole } = rangeOf(values);
  const kind = whole ?? (isSingle ? Float32Array : undefined);
  return { type: 'number', name, integers, values: kind === undefined ? values : new kind(values) };
}

/** Whole numbers in the narrowest array that holds all of them exactly; other values as they are. */
export function narrowestIntegers(values: NumberValues): NumberValues {
  const { whole } = values instanceof Float64Array ? rangeOf(values) : {};
  return whole === undefined ? values : new whole(values);
}

interface Range {
  /** Whether all values that are there are whole numbers. */
  readonly integers: boolean;
  /** Whether float32 holds all of them exactly. */
  readonly isSingle: boolean;
  /** The narrowest array of integers that holds all of them, if none is missing. */
  readonly whole?: (typeof WHOLE)[number][0] | undefined;
}

function rangeOf(values: Float64Array): Range {
  let least = Infinity;
  let most = -Infinity;
  let missing = false;
  let integers = true;
  let isSingle = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) {
      missing = true;
      continue;
    }
    if (value < least) least = value;
    if (value > most) most = value;
    if (integers && Math.trunc(value) !== value) integers = false;
    if (isSingle && Math.fround(value) !== value) isSingle = false;
    if (!integers && !isSingle) break;
  }
  const whole =
    integers && !missing ? WHOLE.find(([, low, high]) => least >= low && most <= high)?.[0] : undefined;
  return { integers, isSingle, whole };
}
