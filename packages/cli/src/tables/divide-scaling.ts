import type { RowScalingKind } from '@shoal/core';
import { RECIPE_SCALINGS, type Column, type RecipeScaling } from '@shoal/tables';

/** Values of `--scaling`: about the columns of a table, or about the rows of points. */
export type Scaling = RecipeScaling | RowScalingKind;

export interface DividedScaling {
  /** For the recipe of the columns; undefined means its own rule. */
  readonly columns?: RecipeScaling | undefined;
  /** For the method; undefined means its own default. */
  readonly rows?: RowScalingKind | 'none' | undefined;
}

/** Whether every method takes this scaling of a table, because it is done before the method. */
export function isColumnScaling(scaling: Scaling | undefined): scaling is RecipeScaling {
  return RECIPE_SCALINGS.some((known) => known === scaling);
}

/** The columns of a table, or of its recipe. */
interface TypedColumns {
  readonly columns: readonly Pick<Column, 'type'>[];
}

/** A table that is one array: it has no columns of different kinds. */
function isArray({ columns }: TypedColumns): boolean {
  return columns.length === 1 && columns[0].type === 'vector';
}

/**
 * Which part of the work scales: the recipe of a table, or the method. A scaling of rows leaves the columns alone.
 *
 * @param table absent for datasets, whose points come without columns
 */
export function divideScaling(scaling: Scaling | undefined, table: TypedColumns | undefined): DividedScaling {
  if (scaling === undefined || scaling === 'auto') return {};
  if (table === undefined || isArray(table))
    return isRowScaling(scaling) ? { rows: scaling } : { columns: scaling };
  return isColumnScaling(scaling) ? { columns: scaling } : { columns: 'none', rows: scaling };
}

/** Of arrays, methods scale the rows as they always have; only the others are for the recipe. */
function isRowScaling(scaling: Scaling): scaling is RowScalingKind | 'none' {
  return scaling !== 'auto' && scaling !== 'robust' && scaling !== 'min-max';
}
