import type { Table } from '../table/table.ts';
import type { ChosenScaling, ColumnEncoding, ColumnUse } from './plan.ts';
import { quotedList } from './quoted.ts';
import { notesOnWholeNumbers } from './whole-numbers.ts';

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
      const isFlag = scaling === 'standardize' && encoding.scale === 1;
      if (isFlag)
        return `${start} of two values that differ by 1: not scaled, so they count as yes and no do.`;
      return `${start},${COUNTED[encoding.unit]} ${SCALED[scaling]}.`;
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

/** Columns with a greater share of missing values are named. */
const MANY_MISSING = 0.5;

/** What to know of a fitted recipe, a sentence each. */
export function fitNotes(columns: readonly ColumnUse[], table: Table): readonly string[] {
  const numbers = columns.filter(({ encoding }) => encoding?.kind === 'number');
  const gappy = numbers.filter(({ missing, rows }) => missing > MANY_MISSING * rows).map(({ name }) => name);
  const used = columns.flatMap(({ use, role }, i) =>
    use === 'used' && role === 'number' ? [table.columns[i]] : [],
  );
  return [
    ...(gappy.length > 0
      ? [`More than half of the values are missing in ${quotedList(gappy)}; the median stands for them.`]
      : []),
    ...notesOnWholeNumbers(used),
  ];
}
