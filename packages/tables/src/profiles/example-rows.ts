import { ShapeError, type NumberArray } from '@shoal/core';
import type { Groups } from './groups.ts';
import { distancesToMeans } from './mean-distances.ts';
import type { ProfileOptions } from './types.ts';

/** Rows of each cluster that show what it is, and where it ends. */
export interface ExampleRows {
  readonly typical: readonly (readonly number[])[];
  readonly borderline: readonly (readonly number[])[];
}

/** @throws {ShapeError} when there is not one distance or margin per row */
export async function findExamples(
  groups: Groups,
  { distances, margins, points, signal }: ProfileOptions,
): Promise<ExampleRows> {
  const far = distances ?? (points && (await distancesToMeans(points, groups, signal)));
  return {
    typical: far ? smallestRows(far, groups, 'distances', 1) : emptyLists(groups),
    borderline: margins
      ? smallestRows(margins, groups, 'margins', 1)
      : far
        ? smallestRows(far, groups, 'distances', -1)
        : emptyLists(groups),
  };
}

function emptyLists({ clusters }: Groups): number[][] {
  return Array.from({ length: clusters }, () => []);
}

const MAX_ROWS = 5;

/**
 * The rows of each cluster with the smallest values, smallest first; of equal values, the first rows. NaN has no place.
 *
 * @param option what the values are, for the message
 * @param sign -1 for the greatest values
 */
function smallestRows(values: NumberArray, groups: Groups, option: string, sign: 1 | -1): number[][] {
  const { labels, clusters } = groups;
  if (values.length !== labels.length) {
    throw new ShapeError(
      `${option} needs one value per row of the table, ${labels.length}; got ${values.length}.`,
    );
  }
  const found = emptyLists(groups);
  for (let row = 0; row < labels.length; row++) {
    const value = sign * values[row];
    if (labels[row] === clusters || Number.isNaN(value)) continue;
    const rows = found[labels[row]];
    let place = rows.length;
    while (place > 0 && sign * values[rows[place - 1]] > value) place--;
    if (place === MAX_ROWS) continue;
    rows.splice(place, 0, row);
    rows.length = Math.min(rows.length, MAX_ROWS);
  }
  return found;
}
