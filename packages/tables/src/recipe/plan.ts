import type { ColumnType } from '../table/table.ts';
import type { DateNumbers } from './date-numbers.ts';
import type { ColumnRole, MissingRule, RecipeScaling } from './options.ts';

/** What a column is used for: the points, or else. */
export type ColumnPurpose = 'used' | 'left out' | 'label' | 'weight' | 'id';

/** How a number becomes a coordinate: (value / unit - center) / scale. */
export interface NumberEncoding {
  readonly kind: 'number';
  /** What the values are counted in. The milliseconds of dates become days, those of times of day hours. */
  readonly unit: 'one' | 'day' | 'hour';
  /** Of numbers that are dates, what they are; absent for dates, and for milliseconds of older recipes. */
  readonly dates?: DateNumbers | undefined;
  /** Stands for a missing value. */
  readonly fill: number;
  readonly center: number;
  /** Above 0. */
  readonly scale: number;
  /** Whether one more coordinate is 1 where the value is missing, and 0 elsewhere. */
  readonly indicator: boolean;
}

/** How a category becomes coordinates: one for each level, which is `weight` in rows of this level and 0 in others. */
export interface CategoryEncoding {
  readonly kind: 'category';
  /** The levels that have a coordinate. */
  readonly levels: readonly string[];
  /** Levels of few rows, which share one more coordinate; unknown levels then have it, too. Often none. */
  readonly others: readonly string[];
  /** Whether missing values have one more coordinate, the last. */
  readonly missing: boolean;
  readonly weight: number;
}

/** How a vector becomes coordinates: (value - center) / scale, for each component. */
export interface VectorEncoding {
  readonly kind: 'vector';
  /** Number of components. */
  readonly width: number;
  /** Stands for missing components: one number for each; absent when none was missing in the fit. */
  readonly fill?: readonly number[] | undefined;
  /** One number for each component, or one for all. */
  readonly center: number | readonly number[];
  readonly scale: number | readonly number[];
}

export type ColumnEncoding = NumberEncoding | CategoryEncoding | VectorEncoding;

/** What a recipe does with a column. */
export interface ColumnUse {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: ColumnRole;
  readonly use: ColumnPurpose;
  /** A sentence: "Numbers named like an id." */
  readonly why: string;
  /** Rows without a value. */
  readonly missing: number;
  /** Rows of the table. */
  readonly rows: number;
  /** Coordinates of a point that it gives; 0 when it is not used. */
  readonly width: number;
  /**
   * What the numbers of the column are counted in, as its file has it: "kg", "%"; empty where they stand alone. Absent when
   * it is not known: units are then not compared.
   */
  readonly unit?: string | undefined;
  /** Of a column that is used. */
  readonly encoding?: ColumnEncoding | undefined;
}

/** How the numbers of a recipe were scaled, and a sentence that says why. */
export interface ChosenScaling {
  readonly kind: Exclude<RecipeScaling, 'auto'>;
  readonly why: string;
}

/** All that a fitted recipe knows. */
export interface RecipePlan {
  readonly columns: readonly ColumnUse[];
  readonly missing: MissingRule;
  readonly scaling: ChosenScaling;
  readonly notes: readonly string[];
}

/** Coordinates that an encoding gives. */
export function widthOf(encoding: ColumnEncoding): number {
  switch (encoding.kind) {
    case 'number':
      return encoding.indicator ? 2 : 1;
    case 'category':
      return encoding.levels.length + Number(encoding.others.length > 0) + Number(encoding.missing);
    case 'vector':
      return encoding.width;
  }
}

/** A column that gives coordinates. */
export type UsedColumn = ColumnUse & { readonly encoding: ColumnEncoding };

export function isUsed(use: ColumnUse): use is UsedColumn {
  return use.encoding !== undefined;
}
