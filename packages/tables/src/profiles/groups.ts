import { InvalidArgumentError, NO_CLUSTER, ShapeError, WRITTEN_NO_CLUSTER } from '@shoal/core';

/** Which rows are in which cluster. */
export interface Groups {
  readonly clusters: number;
  /** One per row: its cluster, or `clusters` when it is in none. */
  readonly labels: Uint32Array;
  /** Rows of each cluster, then those in none: K + 1 values. */
  readonly sizes: Uint32Array;
}

/**
 * @param labels one per row, from 0 to `clusters - 1`, `NO_CLUSTER` or -1
 * @throws {ShapeError} when there is not one label per row
 * @throws {InvalidArgumentError} for any other label
 */
export function groupRows(labels: ArrayLike<number>, clusters: number, rows: number): Groups {
  if (labels.length !== rows) {
    throw new ShapeError(
      `A profile needs one label per row; the table has ${rows} rows and there are ${labels.length} labels.`,
    );
  }
  const own = new Uint32Array(rows);
  const sizes = new Uint32Array(clusters + 1);
  for (let row = 0; row < rows; row++) {
    const label = labels[row];
    const isNone = label === NO_CLUSTER || label === WRITTEN_NO_CLUSTER;
    if (!isNone && !(Number.isInteger(label) && label >= 0 && label < clusters)) {
      throw new InvalidArgumentError(
        `Labels must be whole numbers from 0 to ${clusters - 1}, or -1 for rows in no cluster; row ${row + 1} has ${label}.`,
      );
    }
    const group = isNone ? clusters : label;
    own[row] = group;
    sizes[group]++;
  }
  return { clusters, labels: own, sizes };
}
