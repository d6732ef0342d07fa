import { DataError } from '@shoal/core';
import type { Column } from '../table/table.ts';
import { quoted } from './quoted.ts';

/**
 * The weights of some rows.
 *
 * @throws {DataError} when they are not numbers, one is missing, or one is negative or infinite
 */
export function weightsOf(column: Column, rows: Uint32Array): Float64Array {
  const { name, type } = column;
  if (type !== 'number') {
    throw new DataError(
      `The weights in the column ${quoted(name)} must be numbers; they are ${type} values.`,
    );
  }
  return Float64Array.from(rows, (row) => {
    const weight = column.values[row];
    if (weight >= 0 && weight < Infinity) return weight;
    const seen = Number.isNaN(weight) ? 'missing' : String(weight);
    throw new DataError(
      `The weight in row ${row + 1} of the column ${quoted(name)} is ${seen}; weights are finite numbers of at least 0.`,
    );
  });
}
