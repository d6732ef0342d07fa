import type { Recipe } from '@shoal/tables';

/** The names of the columns that become points. */
export function usedColumns({ columns }: Pick<Recipe, 'columns'>): readonly string[] {
  return columns.filter(({ use }) => use === 'used').map(({ name }) => name);
}
