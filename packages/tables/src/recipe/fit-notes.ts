import type { Table } from '../table/table.ts';
import type { ChosenScaling, ColumnEncoding, ColumnUse } from './plan.ts';
import { quotedList } from './quoted.ts';

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
    case 'number': {
      const centered = scaling === 'standardize' && encoding.scale === 1;
      return `${start},${COUNTED[encoding.unit]} ${centered ? 'centered' : SCALED[scaling]}.`;
    }
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

/** Columns with a greater share of missing values are named. */
const MANY_MISSING = 0.5;

/** What to know of a fitted recipe, a sentence each. */
export function fitNotes(columns: readonly ColumnUse[], table: Table): readonly string[] {
  const numbers = columns.filter(({ encoding }) => encoding?.kind === 'number');
  const gappy = numbers.filter(({ missing, rows }) => missing > MANY_MISSING * rows).map(({ name }) => name);
  const codes = columns
    .filter(({ use, role }, i) => use === 'used' && role === 'number' && isCode(table, i))
    .map(({ name }) => name);
  return [
    ...(gappy.length > 0
      ? [`More than half of the values are missing in ${quotedList(gappy)}; the median stands for them.`]
      : []),
    ...(codes.length > 0
      ? [
          `Few different whole numbers in ${quotedList(codes)}, which count as numbers. If they are codes, make them categories.`,
        ]
      : []),
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
