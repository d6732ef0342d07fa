import { percent, type Recipe } from '@shoal/tables';
import { inOptions } from '../output/in-options.ts';
import { plainTable } from '../output/tables.ts';
import type { DividedScaling } from './divide-scaling.ts';

/** Greatest number of columns that a terminal shows. */
const MAX_SHOWN = 40;

export const COLUMNS_HEAD = ['column', 'type', 'missing', 'use', 'why'] as const;

/** What a recipe does with each column, in words: one row per column. */
export function columnRows({ columns }: Pick<Recipe, 'columns'>): readonly (readonly string[])[] {
  return columns.map(({ name, role, missing, rows, use, why }) => [
    name === '' ? '(no name)' : name,
    role,
    missing === 0 ? '' : percent(missing / rows),
    use,
    why,
  ]);
}

/**
 * The same as a table for a terminal, and how numbers are scaled.
 *
 * @param rows the scaling of the points by the method, which comes after that of the columns
 */
export function columnsTable(recipe: Recipe, rows?: DividedScaling['rows']): string {
  const { columns, scaling, notes } = recipe;
  // Classes and weights were asked for by name: what they are taken for is always shown.
  const shown = columns.filter(({ use }, i) => i < MAX_SHOWN || use === 'label' || use === 'weight');
  const lines = columnRows({ columns: shown });
  const hidden = columns.length - lines.length;
  return [
    plainTable(COLUMNS_HEAD, lines, ['left', 'left', 'right', 'left', 'left']),
    ...(hidden > 0 ? [`  and ${hidden.toLocaleString('en')} more columns; recipe.json has them all.`] : []),
    scaling.why,
    ...(rows === undefined || rows === 'none'
      ? []
      : [`The method then scales the points: --scaling ${rows}.`]),
    ...notes.map(inOptions),
  ].join('\n');
}
