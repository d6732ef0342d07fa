import type { ColumnUse } from './plan.ts';

/**
 * The indices of the columns that can describe clusters. Ids and weights say nothing about a cluster, single components of
 * vectors mean nothing to people, and known classes are what clusters are compared with.
 */
export function describedColumns({
  columns,
}: {
  readonly columns: readonly Pick<ColumnUse, 'use' | 'type'>[];
}): readonly number[] {
  return columns.flatMap(({ use, type }, i) =>
    type === 'vector' || use === 'id' || use === 'weight' || use === 'label' ? [] : [i],
  );
}
