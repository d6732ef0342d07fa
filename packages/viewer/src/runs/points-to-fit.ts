import { matrix, type Matrix } from '@shoal/core';
import { Recipe, type Column, type RecipeOptions } from '@shoal/tables';
import type { FitSource, RunTask } from './fit-task.ts';

/** Points to cluster, and what to know about them. */
interface PointsToFit {
  readonly points: Matrix;
  /** The shown point of each; undefined when each shown point has one. */
  readonly of: Uint32Array | undefined;
  readonly notes: readonly string[];
}

/** All columns of points are numbers. */
const NUMBERS: RecipeOptions = { id: 'none', labelColumn: 'none' };

/**
 * The points of a fit. Columns become points as `shoal fit` makes them; points stay as they are unless they are scaled, or some of
 * their columns are left out.
 *
 * @throws {DataError} when no column is left that can be used
 */
export function pointsToFit({
  count,
  source,
  settings: { scaling, exclude },
}: Pick<RunTask, 'count' | 'source' | 'settings'>): PointsToFit {
  if ('points' in source && scaling === 'none' && exclude.length === 0)
    return { points: source.points, of: undefined, notes: [] };
  const columns = 'columns' in source ? source.columns : columnsOf(source);
  const table = { name: 'The table', rows: count, columns, notes: [] };
  const recipe = Recipe.fit(table, {
    scaling,
    // Recipes count columns from 1.
    exclude: exclude.map((column) => column + 1),
    ...('points' in source && { ...NUMBERS, as: columns.map((_, i) => [i + 1, 'number'] as const) }),
  });
  const { points, rows, notes } = recipe.transform(table);
  const of = rows.length === count ? undefined : rows;
  return { points, of, notes: [recipe.scaling.why, ...recipe.notes, ...notes] };
}

function columnsOf({ points, columnNames }: Extract<FitSource, { points: Matrix }>): readonly Column[] {
  const { data, rows, columns, scale } = points;
  return columnNames.map((name, column) => ({
    type: 'number',
    name,
    integers: false,
    values: Float64Array.from({ length: rows }, (_, row) => data[row * columns + column] * scale),
  }));
}

/** Rows for all shown points, without values where a point was not clustered. */
export function forAllPoints(points: Matrix, of: Uint32Array | undefined, count: number): Matrix {
  if (of === undefined) return points;
  const { columns, data, scale } = points;
  const all = new Float64Array(count * columns).fill(NaN);
  of.forEach((point, row) => {
    for (let j = 0; j < columns; j++) all[point * columns + j] = data[row * columns + j] * scale;
  });
  return matrix(all, count, columns);
}
