import type { Matrix } from '@shoal/core';

/**
 * When nine tenths of a column's values are within this share of its range, they are in one place at the scale of the
 * layout.
 */
const ONE_PLACE = 1e-3;
const TAIL = 0.05;

/**
 * The warning that a few rows of a given start lie so far from the others that all the others start in one place,
 * because the start is stretched to a box.
 *
 * @param start N x d
 */
export function warnOfFarStart({ data, rows, columns, scale }: Matrix): readonly string[] {
  for (let column = 0; column < columns; column++) {
    const values = Float64Array.from({ length: rows }, (_, i) => data[i * columns + column] * scale);
    const sorted = values.toSorted();
    const middle = sorted[Math.floor((1 - TAIL) * (rows - 1))] - sorted[Math.ceil(TAIL * (rows - 1))];
    const range = sorted[rows - 1] - sorted[0];
    // Columns of equal values except for a few may be intended.
    if (middle === 0 || middle >= ONE_PLACE * range) continue;
    const median = sorted[Math.floor(rows / 2)];
    const row = values.reduce(
      (far, value, i) => (Math.abs(value - median) > Math.abs(values[far] - median) ? i : far),
      0,
    );
    return [
      `The start has values far from the others: ${values[row].toPrecision(2)} in row ${row}, column ${column}, where nine ` +
        `tenths of the rows lie within ${middle.toPrecision(2)}. The start is stretched to a box, so that nearly all points start in ` +
        'one place there. Give all rows in the same units.',
    ];
  }
  return [];
}
