import { NO_CLUSTER } from '@shoal/core';

/**
 * One label for each row of a table: that of its point, or `NO_CLUSTER`.
 *
 * @param labels one for each point
 * @param rows the row of each point
 */
export function labelsOfRows(labels: ArrayLike<number>, rows: Uint32Array, tableRows: number): Uint32Array {
  const out = new Uint32Array(tableRows).fill(NO_CLUSTER);
  for (let i = 0; i < rows.length; i++) out[rows[i]] = labels[i];
  return out;
}
