import type { NumberArray } from '@shoal/core';
import { ShapeError } from '@shoal/core';
import type { Groups } from './groups.ts';

const MAX_ROWS = 5;

/**
 * The rows of each cluster with the smallest values, smallest first; of equal values, the first rows. NaN has no place.
 *
 * @param option what the values are, for the message
 * @throws {ShapeError} when there is not one value per row
 */
export function smallestRows(values: NumberArray, { labels, clusters }: Groups, option: string): number[][] {
  if (values.length !== labels.length) {
    throw new ShapeError(`${option} needs one value per row, ${labels.length}; got ${values.length}.`);
  }
  const found = Array.from({ length: clusters }, (): number[] => []);
  for (let row = 0; row < labels.length; row++) {
    const value = values[row];
    if (labels[row] === clusters || Number.isNaN(value)) continue;
    const rows = found[labels[row]];
    if (rows.length === MAX_ROWS && value >= values[rows[MAX_ROWS - 1]]) continue;
    let place = rows.length;
    while (place > 0 && values[rows[place - 1]] > value) place--;
    rows.splice(place, 0, row);
    rows.length = Math.min(rows.length, MAX_ROWS);
  }
  return found;
}
