import type { NumberColumn, NumberValues } from '@shoal/tables';

/**
 * A column of numbers as a file has them, without another copy.
 *
 * @param stored the type in the file
 */
export function numberColumn(name: string, values: NumberValues, stored?: string): NumberColumn {
  const isFloat = values instanceof Float64Array || values instanceof Float32Array;
  return { type: 'number', name, values, integers: !isFloat || isWhole(values), stored };
}

function isWhole(values: Float64Array | Float32Array): boolean {
  for (const value of values) {
    if (!Number.isInteger(value) && !Number.isNaN(value)) return false;
  }
  return true;
}
