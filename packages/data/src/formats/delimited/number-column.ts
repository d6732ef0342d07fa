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
export function numberColumn(name: string, values: Float64Array): NumberColumn {
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
  return { type: 'number', name, integers, values: stored() };

  function stored(): NumberValues {
    const whole =
      integers && !missing ? WHOLE.find(([, low, high]) => least >= low && most <= high) : undefined;
    if (whole !== undefined) return new whole[0](values);
    return isSingle ? new Float32Array(values) : values;
  }
}
