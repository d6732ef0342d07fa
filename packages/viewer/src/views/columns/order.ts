import type { ColumnFact } from '../../profile/column-facts.ts';

/** By which column clusters are sorted, and which way. */
export interface ColumnOrder {
  readonly title: string;
  readonly descending: boolean;
}

type Columns = readonly (readonly ColumnFact[])[];

/** The columns in which clusters differ most come first. */
export function orderColumns(columns: Columns): Columns {
  const spread = (column: readonly ColumnFact[]): number =>
    column.reduce((most, { effect }) => Math.max(most, Math.abs(effect)), 0);
  return columns.toSorted((a, b) => spread(b) - spread(a));
}

/** The numbers of the clusters by their values in a column, missing ones last; without an order, as they are. */
export function orderClusters(
  columns: Columns,
  clusters: number,
  order: ColumnOrder | undefined,
): readonly number[] {
  const all = Array.from({ length: clusters }, (_, cluster) => cluster);
  const column = columns.find(([{ title }]) => title === order?.title);
  if (order === undefined || column === undefined) return all;
  const sign = order.descending ? -1 : 1;
  const missing = (cluster: number): number => Number(Number.isNaN(column[cluster].own));
  return all.sort((a, b) => missing(a) - missing(b) || sign * (column[a].own - column[b].own) || a - b);
}
