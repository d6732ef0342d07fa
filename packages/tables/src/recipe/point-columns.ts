import { MISSING_LEVEL, OTHER_LEVEL } from './category-encoding.ts';
import type { CategoryEncoding, ColumnUse } from './plan.ts';

/** What a column of the points stands for. */
export interface PointColumn {
  /** "mass", "sex = male", "mass is missing", "embedding[3]". */
  readonly name: string;
  /** Index of the column of the table, in the recipe's `columns`. */
  readonly column: number;
  /** Of an indicator of a category: which one. "(other)" and "(missing)" stand for several. */
  readonly category?: string | undefined;
  /** Of a vector: which component. */
  readonly component?: number | undefined;
}

/** The columns of the points, in order. */
export function pointColumns(columns: readonly ColumnUse[]): readonly PointColumn[] {
  return columns.flatMap(({ name, encoding }, column): PointColumn[] => {
    switch (encoding?.kind) {
      case undefined:
        return [];
      case 'number':
        return encoding.indicator
          ? [
              { name, column },
              { name: `${name} is missing`, column },
            ]
          : [{ name, column }];
      case 'category':
        return categoryNames(encoding).map((category) => ({
          name: `${name} = ${category}`,
          column,
          category,
        }));
      case 'vector':
        return Array.from({ length: encoding.width }, (_, component) => ({
          name: `${name}[${component}]`,
          column,
          component,
        }));
    }
  });
}

/** The categories of the coordinates, in order. */
export function categoryNames({ levels, others, missing }: CategoryEncoding): readonly string[] {
  return [...levels, ...(others.length > 0 ? [OTHER_LEVEL] : []), ...(missing ? [MISSING_LEVEL] : [])];
}
