import { requireOneOf } from '@shoal/core/model-kit';
import type { ColumnReference } from '../table/find-column.ts';

export const COLUMN_ROLES = [
  'number',
  'category',
  'boolean',
  'date',
  'vector',
  'text',
  'id',
  'left-out',
] as const;

/**
 * What a column is to a recipe. Columns of the first five roles become columns of the points; `text`, `id` and `left-out`
 * never do.
 */
export type ColumnRole = (typeof COLUMN_ROLES)[number];

export const MISSING_RULES = ['impute', 'indicator', 'drop', 'error'] as const;

/**
 * What becomes of missing values. `impute`: the median for numbers, dates and vectors, a level of its own for categories.
 * `indicator`: the same, and one more column per number, 1 where it was missing. `drop`: such rows get no point. `error`:
 * they are refused.
 */
export type MissingRule = (typeof MISSING_RULES)[number];

export const RECIPE_SCALINGS = ['auto', 'none', 'standardize', 'robust', 'min-max'] as const;

/**
 * How numbers are scaled. `standardize`: to mean 0 and standard deviation 1. `robust`: to median 0, and an interquartile
 * range of 1.349, which is that of a standard normal distribution. `min-max`: to [0, 1]. `none`: not at all. `auto`: see
 * `Recipe`.
 */
export type RecipeScaling = (typeof RECIPE_SCALINGS)[number];

/** Columns with their roles: `[[3, 'category'], ['mass', 'number']]`. */
export type RolePairs = readonly (readonly [column: ColumnReference, role: ColumnRole])[];

export interface RecipeOptions {
  /** Use only these columns. Default all that can be used. */
  readonly columns?: readonly ColumnReference[] | undefined;
  /** Leave these columns out. */
  readonly exclude?: readonly ColumnReference[] | undefined;
  /** The column that identifies rows; `auto` (default) recognizes such columns, `none` looks for none. */
  readonly id?: ColumnReference | undefined;
  /** Roles where they should not be guessed: by column name, or as pairs, which can name a column by its position, too. */
  readonly as?: Readonly<Record<string, ColumnRole>> | RolePairs | undefined;
  /** Default `impute`. */
  readonly missing?: MissingRule | undefined;
  /** Default `auto`. */
  readonly scaling?: RecipeScaling | undefined;
  /** Use only this vector column. */
  readonly vectors?: ColumnReference | undefined;
  /** The column with the weight of each row; it is not used for the points. */
  readonly weight?: ColumnReference | undefined;
  /**
   * The column with the known class of each row; it is not used for the points. `auto` (default): the column called
   * "label", in any case of letters; `none`, `first`, `last`.
   */
  readonly labelColumn?: ColumnReference | undefined;
}

/** Options with the defaults filled in. */
export interface RecipeSettings extends RecipeOptions {
  readonly id: ColumnReference;
  readonly as: RolePairs;
  readonly missing: MissingRule;
  readonly scaling: RecipeScaling;
  readonly labelColumn: ColumnReference;
}

/** @throws {InvalidArgumentError} when an option is not one of its choices */
export function recipeSettings(options: RecipeOptions): RecipeSettings {
  const { id = 'auto', missing = 'impute', scaling = 'auto', labelColumn = 'auto' } = options;
  requireOneOf('missing', missing, MISSING_RULES);
  requireOneOf('scaling', scaling, RECIPE_SCALINGS);
  const as = rolePairs(options.as ?? []);
  for (const [column, role] of as) {
    const what = typeof column === 'number' ? `column ${column}` : `"${column}"`;
    requireOneOf(`as: the role of ${what}`, role, COLUMN_ROLES);
  }
  return { ...options, id, as, missing, scaling, labelColumn };
}

function rolePairs(as: NonNullable<RecipeOptions['as']>): RolePairs {
  return isList(as) ? as : Object.entries(as);
}

function isList(as: NonNullable<RecipeOptions['as']>): as is RolePairs {
  return Array.isArray(as);
}
