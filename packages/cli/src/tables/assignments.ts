import { writtenLabels } from '@shoal/core';
import { uniqueNames } from '@shoal/data';
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
  const added = [{ name: 'cluster' }, ...(fits === undefined ? [] : [{ name: fits.name }])];
  const [clusterName, fitName] = uniqueNames([...table.columns, ...added]).slice(-added.length);
  const cluster: Column = {
    type: 'number',
    name: clusterName,
    values: Int32Array.from(writtenLabels(labels)),
    integers: true,
  };
  const columns = fits === undefined ? [cluster] : [cluster, columnOfFits(fitName, fits.values)];
  return { ...table, columns: [...table.columns, ...columns] };
}

function columnOfFits(name: string, values: Float64Array): Column {
  const integers = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { type: 'number', name, values, integers };
}
