import type { Table } from '../table/table.ts';
import type { ChosenScaling, ColumnEncoding, ColumnUse } from './plan.ts';
import { quoted, quotedList } from './quoted.ts';
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
 * @param spread of numbers: `none` when all are equal, `flag` for two values that are 1 apart
 */
export function whyUsed(
  encoding: ColumnEncoding,
  scaling: ChosenScaling['kind'],
  what: string,
  spread: 'none' | 'flag' | 'usual',
): string {
  const start = what.replace(/\.$/, '');
  switch (encoding.kind) {
    case 'number': {
      if (spread === 'none') return `${start} that are all equal; nothing else is left to use.`;
      if (spread === 'flag' && scaling === 'standardize' && encoding.scale === 1)
        return `${start} of two values that differ by 1: not scaled, so they count as yes and no do.`;
      return `${start},${COUNTED[encoding.unit]} ${SCALED[scaling]}.`;
    }
    case 'category': {
      const { levels, others } = encoding;
      const rare = others.length === 0 ? '' : `; ${others.length} rare ones share one column`;
      const count = levels.length + others.length;
      return `${start}: ${count} ${count === 1 ? 'category' : 'categories'}, one-hot${rare}.`;
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
    ...noteOnSpellings(columns),
    ...noteOnClasses(columns),
  ];
}

/** Levels that differ only in large and small letters are mostly one level, written in several ways. */
function noteOnSpellings(columns: readonly ColumnUse[]): readonly string[] {
  const found = columns.flatMap(({ name, encoding }) => {
    if (encoding?.kind !== 'category') return [];
    const variants = variantsIn([...encoding.levels, ...encoding.others]);
    return variants === undefined ? [] : [`${quoted(name)} (${quotedList(variants)})`];
  });
  return found.length === 0
    ? []
    : [
        `Levels that differ only in blanks, or in large and small letters, are different levels: ${found.join(', ')}. Write them in one way if they are the same.`,
      ];
}

/** The first levels that are one but for blanks and the case of letters. */
function variantsIn(levels: readonly string[]): readonly string[] | undefined {
  const groups = new Map<string, string[]>();
  for (const level of levels) {
    const key = level.trim().toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [level]);
    else group.push(level);
  }
  return [...groups.values()].find(({ length }) => length > 1);
}

const CLASSES_NAME = /^(target|labels|ground[\s_-]?truth)$/i;

/** Known classes among the columns would be found again as clusters. */
function noteOnClasses(columns: readonly ColumnUse[]): readonly string[] {
  const found = columns.filter(({ name, use }) => use === 'used' && CLASSES_NAME.test(name.trim()));
  if (found.length === 0) return [];
  const names = quotedList(found.map(({ name }) => name));
  return [
    `${names} may be known classes, and ${found.length === 1 ? 'is' : 'are'} used like other columns. Name the label column to compare clusters with it instead.`,
  ];
}
