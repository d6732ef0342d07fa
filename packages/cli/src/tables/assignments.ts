import { writtenLabels } from '@shoal/core';
import type { Column, Table } from '@shoal/tables';
import type { PointFits } from './row-fits.ts';

/**
 * The input with the results as further columns: `cluster`, and `distance` or `probability`. A row of the input is a row
 * here.
 *
 * @param labels one per row of the table
 * @param fits likewise
 */
export function assignmentsOf(
  table: Table,
  labels: Uint32Array,
  fits: Pick<PointFits, 'name' | 'values'> | undefined,
): Table {
  const taken = new Set(table.columns.map(({ name }) => name));
  const cluster: Column = {
    type: 'number',
    name: freeName('cluster', taken),
    values: Int32Array.from(writtenLabels(labels)),
    integers: true,
  };
  const columns =
    fits === undefined ? [cluster] : [cluster, columnOfFits(freeName(fits.name, taken), fits.values)];
  return { ...table, columns: [...table.columns, ...columns] };
}

function columnOfFits(name: string, values: Float64Array): Column {
  const integers = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { type: 'number', name, values, integers };
}

/** A name that no column of the input has. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 2, free = name; ; free = `${name}_${i++}`) {
    if (!taken.has(free)) return free;
  }
}
