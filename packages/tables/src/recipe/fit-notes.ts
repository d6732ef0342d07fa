import type { Table } from '../table/table.ts';
import type { ChosenScaling, ColumnEncoding, ColumnUse } from './plan.ts';

/** How numbers were scaled, to end a sentence with. */
const SCALED: Readonly<Record<ChosenScaling['kind'], string>> = {
  none: 'as they are',
  standardize: 'standardized',
  robust: 'scaled by their quartiles',
  'min-max': 'scaled to 0 to 1',
};

const COUNTED = { one: '', day: ' in days,', hour: ' in hours,' } as const;

/**
 * What a column that is used becomes, a sentence.
 *
 * @param what what its values are: "Numbers."
 */
export function whyUsed(encoding: ColumnEncoding, scaling: ChosenScaling['kind'], what: string): string {
  const start = what.replace(/\.$/, '');
  switch (encoding.kind) {
    case 'number':
      return `${start},${COUNTED[encoding.unit]} ${SCALED[scaling]}.`;
    case 'category': {
      const { levels, others } = encoding;
      const rare = others.length === 0 ? '' : `; ${others.length} rare ones share one column`;
      return `${start}: ${levels.length + others.length} categories, one-hot${rare}.`;
    }
    case 'vector':
      return encoding.scale === 1 ? `${start}, as they are.` : `${start}, scaled.`;
  }
}

/** A whole number of so few values may be a code. */
const CODE_VALUES = 10;
/** Rows per value from which it looks like one. */
const CODE_ROWS = 10;
/** Whole numbers from here on are years and the like. */
const MAX_CODE = 1000;

/** What to know of a fitted recipe, a sentence each. */
export function fitNotes(columns: readonly ColumnUse[], table: Table): readonly string[] {
  const codes = columns
    .filter((use, i) => use.use === 'used' && use.role === 'number' && isCode(table, i))
    .map(({ name }) => JSON.stringify(name));
  if (codes.length === 0) return [];
  const shown = codes.slice(0, 5).join(', ') + (codes.length > 5 ? `, and ${codes.length - 5} more` : '');
  return [
    `Few different whole numbers: ${shown}. They count as numbers; if they are codes, say so: as: { ${codes[0]}: 'category' }.`,
  ];
}

function isCode({ columns, rows }: Table, index: number): boolean {
  const column = columns[index];
  if (column.type !== 'number' || !column.integers) return false;
  const distinct = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const value = column.values[row];
    if (Number.isNaN(value)) continue;
    distinct.add(value);
    if (distinct.size > CODE_VALUES || value < 0 || value >= MAX_CODE) return false;
  }
  return distinct.size > 2 && rows >= distinct.size * CODE_ROWS;
}
