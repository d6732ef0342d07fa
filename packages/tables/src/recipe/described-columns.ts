import type { Table } from '../table/table.ts';
import type { ColumnUse } from './plan.ts';

/**
 * The indices of the columns of a table that can describe clusters. Ids and weights say nothing about a cluster, single
 * components of vectors mean nothing to people, and known classes are what clusters are compared with. Columns that the recipe
 * does not know are left out; they are found by their names, because the recipe may be of another table.
 */
export function describedColumns(
  recipe: { readonly columns: readonly Pick<ColumnUse, 'name' | 'use' | 'type'>[] },
  table: Pick<Table, 'columns'>,
): readonly number[] {
  const describing = recipe.columns.filter(
    ({ use, type }) => type !== 'vector' && use !== 'id' && use !== 'weight' && use !== 'label',
  );
  const names = new Set(describing.map(({ name }) => name));
  return table.columns.flatMap(({ name }, i) => (names.has(name) ? [i] : []));
}
