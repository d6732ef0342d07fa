import { matrix, type Tensor } from '@shoal/core';
import type { Column } from '@shoal/tables';
import { FormatError } from '../errors.ts';
import { numberColumn } from './number-column.ts';
import { realValues } from './real-values.ts';

/** What the column of an array is called, because arrays have no column names. */
export const ARRAY_COLUMN = 'values';

/**
 * An array as a column: numbers if it has one dimension, else one vector per row. Arrays of three dimensions are images.
 *
 * @param scale factor applied to the values of vectors when they are read
 * @throws {FormatError} when it has no rows, or empty ones
 */
export function columnOfTensor(
  { data, shape }: Tensor,
  file: string,
  scale = 1,
  name = ARRAY_COLUMN,
): Column {
  const [rows = 0, ...rest] = shape;
  if (shape.length === 0) {
    throw new FormatError(
      { file },
      'the array is a single number, without rows. Give one with a row per point.',
    );
  }
  if (data.length === 0) {
    throw new FormatError({ file }, `the array is empty: its shape is (${shape.join(', ')}).`);
  }
  if (rest.length === 0) return numberColumn(name, data);
  const values = matrix(realValues(data), rows, data.length / rows, scale);
  const column = { type: 'vector', name, values } as const;
  return rest.length === 2 ? { ...column, imageShape: [rest[0], rest[1]] } : column;
}
