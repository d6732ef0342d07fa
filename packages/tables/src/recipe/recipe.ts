import type { Matrix } from '@shoal/core';
import type { Table } from '../table/table.ts';
import { fitRecipe } from './fit-recipe.ts';
import { inverseTable } from './inverse.ts';
import type { RecipeOptions } from './options.ts';
import type { ChosenScaling, ColumnUse, RecipePlan } from './plan.ts';
import { pointColumns, type PointColumn } from './point-columns.ts';
import { readRecipe } from './read-state.ts';
import { transformTable, type TablePoints, type TransformOptions } from './transform.ts';
import { writeRecipe, type RecipeState } from './write-state.ts';

/**
 * How the columns of a table become points, learned from one table and applied to others. Frozen.
 *
 * **Roles.** Numbers are used as they are, dates in days, times in hours. Texts that repeat are categories: at most 20
 * levels of 1.5 rows or more on average, or any number of levels of 20 rows or more. Each level with 1 % of the rows gets
 * an indicator; the others share one. More than 20 indicators are too many: such a column is text. Booleans are categories
 * of two. Left out are ids (whole numbers with the name of an id, a counter of the rows that is called like one, texts of few words that are all different, UUIDs), other texts, bytes, and columns
 * whose values are all equal. The label and the weight never become points.
 *
 * **Scaling `auto`.** Values of one kind are left alone: one vector column, columns that are numbered one after the other
 * ("x0", "x1", ...) and spread alike, or 64 columns of bytes and more. All other tables have columns of different units:
 * numbers are standardized, with the population's standard deviation; numbered columns of one kind share a factor; the
 * vectors of a column are scaled so that the variances of their components sum to 1.
 *
 * **Distance.** Two rows that differ by one standard deviation of a number are 1 apart. Two that differ in a category of two
 * levels are 1 apart, too; in a category of more levels, sqrt(2). Rare levels count as one if they have 1 % of the rows together,
 * missing values as none. Numbers of two values, such as 0 and 1, stay 1 apart.
 *
 * **Missing values.** See `MissingRule`. A row without any value gets no point. Statistics are those of the values that are
 * there.
 */
export class Recipe {
  /** What each column of the table is, and what becomes of it, in the order of the table. */
  readonly columns: readonly ColumnUse[];
  /** What each column of the points is. */
  readonly pointColumns: readonly PointColumn[];
  readonly scaling: ChosenScaling;
  /** What to know about the recipe, a sentence each. */
  readonly notes: readonly string[];
  readonly #plan: RecipePlan;

  private constructor(plan: RecipePlan) {
    this.#plan = plan;
    this.columns = Object.freeze(plan.columns);
    this.pointColumns = Object.freeze(pointColumns(plan.columns));
    this.scaling = Object.freeze(plan.scaling);
    this.notes = Object.freeze(plan.notes);
    Object.freeze(this);
  }

  /**
   * Learns a recipe from a table.
   *
   * @throws {InvalidArgumentError} when an option is not one of its choices, or names a column that is not there
   * @throws {DataError} when there are no rows or no column is left to use, when a value is infinite, or missing although
   *   `missing` is `error`
   */
  static fit(table: Table, options: RecipeOptions = {}): Recipe {
    return new Recipe(fitRecipe(table, options));
  }

  /**
   * A recipe from JSON, as `toState` gives it or as somebody edited it.
   *
   * @throws {DataError} naming what is missing or wrong
   */
  static fromState(state: unknown): Recipe {
    return new Recipe(readRecipe(state));
  }

  /**
   * The points of a table. Columns are matched by name, in any order; columns that the recipe does not know are ignored. A
   * single vector column whose values stay as they are is not copied. Numbers that stay as they are become bytes or
   * float32 where these hold them exactly; all other points are float64.
   *
   * @throws {DataError} when a column is missing or has another type, when a value is infinite, or missing although the rule
   *   is `error`, when a weight is bad, or when no row can be used
   */
  transform(table: Table, options: TransformOptions = {}): TablePoints {
    return transformTable(this.#plan, table, options);
  }

  /**
   * Points as columns in their own units: numbers, dates, the category of the greatest indicator, vectors. Of a centroid of
   * k-means, these are the means of the numbers and the most frequent categories.
   *
   * @param points N x width, such as centroids
   * @throws {ShapeError} when the points have another number of columns
   */
  inverse(points: Matrix): Table {
    return inverseTable(this.#plan, points);
  }

  /** The recipe as JSON that people can read and edit. */
  toState(): RecipeState {
    return writeRecipe(this.#plan);
  }
}
