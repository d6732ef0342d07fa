import type { Recipe } from '@shoal/tables';
import { plainTable } from '../output/tables.ts';

/** Greatest number of columns that a terminal shows. */
const MAX_SHOWN = 40;

/** What a recipe does with each column, as a table for people. */
export function columnsTable({ columns, scaling, notes }: Recipe): string {
  const shown = columns.slice(0, MAX_SHOWN);
  const rows = shown.map(({ name, role, missing, rows: all, use, why }) => [
    name === '' ? '(no name)' : name,
    role,
    missing === 0 ? '' : percent(missing / all),
    use,
    why,
  ]);
  const hidden = columns.length - shown.length;
  return [
    plainTable(['column', 'type', 'missing', 'use', 'why'], rows, ['left', 'left', 'right', 'left', 'left']),
    ...(hidden > 0 ? [`  and ${hidden.toLocaleString('en')} more columns; recipe.json has them all.`] : []),
    scaling.why,
    ...notes,
  ].join('\n');
}

/** Never 0 % for something, or 100 % for not all. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0) return '< 1 %';
  return rounded === 100 && share < 1 ? '> 99 %' : `${rounded} %`;
}
