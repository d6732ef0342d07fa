import { writtenLabels } from '@shoal/core';
import { columnOf, type Column, type Table } from '@shoal/tables';

/** How well each row fits its cluster; NaN where there is none. */
export interface Fits {
  /** The name of the column: "distance" or "probability". */
  readonly name: 'distance' | 'probability';
  /** One value per row of the table. */
  readonly values: Float64Array;
}

/**
 * The input with the results as further columns: `cluster`, and `distance` or `probability`. A row of the input is a row
 * here.
 *
 * @param labels one per row of the table
 */
export function assignmentsOf(table: Table, labels: Uint32Array, fits: Fits | undefined): Table {
  const taken = new Set(table.columns.map(({ name }) => name));
  const cluster: Column = {
    type: 'number',
    name: freeName('cluster', taken),
    values: Int32Array.from(writtenLabels(labels)),
    integers: true,
  };
  const columns =
    fits === undefined ? [cluster] : [cluster, columnOf(freeName(fits.name, taken), fits.values)];
  return { ...table, columns: [...table.columns, ...columns] };
}

/** A name that no column of the input has. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 2, free = name; ; free = `${name}_${i++}`) {
    if (!taken.has(free)) return free;
  }
}
