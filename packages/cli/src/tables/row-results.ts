import { labelsOfRows } from '@shoal/tables';
import type { PointFits } from './row-fits.ts';

/** Results of points, for every row of the table that they come from. */
export interface RowResults {
  /** One per row; `NO_CLUSTER` for rows without points. */
  readonly labels: Uint32Array;
  readonly fits?: PointFits | undefined;
}

/**
 * Gives each row of a table the result of its point.
 *
 * @param rows the row of each point
 */
export function resultsOfRows(
  tableRows: number,
  rows: Uint32Array,
  { labels, fits }: RowResults,
): RowResults {
  if (rows.length === tableRows) return { labels, fits };
  return { labels: labelsOfRows(labels, rows, tableRows), fits: fits && spread(fits, tableRows, rows) };
}

function spread({ name, values, margins }: PointFits, tableRows: number, rows: Uint32Array): PointFits {
  const place = (of: Float64Array): Float64Array => {
    const all = new Float64Array(tableRows).fill(NaN);
    rows.forEach((row, i) => {
      all[row] = of[i];
    });
    return all;
  };
  return { name, values: place(values), margins: place(margins) };
}
