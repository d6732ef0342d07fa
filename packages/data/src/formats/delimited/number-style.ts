import { isLong } from './cell-kinds.ts';
import { bareNumber } from './number-signs.ts';

/** How the numbers of a column are written, if not plainly. */
export interface StyledNumbers {
  /** The number of each text. */
  readonly values: Float64Array;
  /** What they are counted in: "kg", "%", "EUR"; undefined when the numbers stand alone. */
  readonly unit?: string | undefined;
  /** How they were read, in words. */
  readonly notes: readonly string[];
}

/** How a column or a file is written, in words. */
export const DECIMAL_COMMAS = 'decimal commas';

/** What may stand between groups of three digits. */
const GROUP_MARKS = { ',': ',', '.': '\\.', "'": "['\u2019]", ' ': '[ \u00a0\u2009\u202f]' } as const;
type GroupMark = keyof typeof GROUP_MARKS;

const GROUP_NAMES: Readonly<Record<GroupMark, string>> = {
  ',': 'commas',
  '.': 'points',
  "'": 'apostrophes',
  ' ': 'spaces',
};

/** A way to write numbers. */
interface Style {
  readonly decimal: '.' | ',';
  readonly group: GroupMark | undefined;
}

/** What is known about how a file writes numbers. */
export interface NumberHints {
  /** The decimal mark, if the caller says so. */
  readonly decimal?: '.' | ',' | undefined;
  /** That of other numbers in the file, if there is no doubt about them. */
  readonly usual?: '.' | ',' | undefined;
  readonly thousands?: GroupMark | 'none' | undefined;
  /** What separates the values of the file: files with decimal commas mostly take semicolons. */
  readonly delimiter: string;
}

/** Two readings are as good. */
export interface AmbiguousNumbers {
  readonly ambiguous: string;
  /** The text that shows it, by its index. */
  readonly index: number;
}

/**
 * The numbers that texts are when they are written with decimal commas, groups of three digits, currency or percent signs,
 * units, or parentheses or a minus behind them for negative ones. All texts of a column must be written in one way.
 *
 * @param texts distinct, without missing ones
 * @returns undefined when they are not numbers
 */
export function styledNumbers(
  texts: readonly string[],
  hints: NumberHints,
): StyledNumbers | AmbiguousNumbers | undefined {
  const isHopeless = texts.some((text) => isLong(text) || !/\d/.test(text));
  const stripped = isHopeless ? undefined : strippedOf(texts);
  if (stripped === undefined) return undefined;
  const { cores, unit, notes } = stripped;
  const fitting = stylesOf(hints).filter((style) => {
    const pattern = patternOf(style);
    return cores.every((core) => pattern.test(core));
  });
  if (fitting.length === 0) return undefined;
  const style = preferred(fitting, cores, hints);
  if (style === undefined) return { ambiguous: ambiguityOf(cores), index: markedOf(cores) };
  const values = Float64Array.from(cores, (core) => Number(plain(core, style)));
  if (cores.some((core, i) => isRounded(plain(core, style), values[i]))) return undefined;
  const { group, decimal } = style;
  return {
    values,
    unit,
    notes: [
      ...notes,
      ...(decimal === ',' && cores.some((core) => core.includes(',')) ? [DECIMAL_COMMAS] : []),
      ...(group !== undefined && cores.some((core) => hasGroups(core, group))
        ? [`${GROUP_NAMES[group]} as thousands marks`]
        : []),
    ],
  };
}

/** Whole numbers that float64 would round are codes. */
function isRounded(text: string, value: number): boolean {
  return !Number.isFinite(value) || (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value));
}

/** Numbers of one column without what they are counted in. */
interface StrippedTexts extends Pick<StyledNumbers, 'unit' | 'notes'> {
  readonly cores: readonly string[];
}

/** Texts without currencies, units and signs of percent; undefined when these differ. */
function strippedOf(texts: readonly string[]): StrippedTexts | undefined {
  const currencies = new Set<string>();
  const units = new Set<string | undefined>();
  const percents = new Set<boolean>();
  const cores = texts.map((text) => {
    const { core, currency, unit, isPercent } = bareNumber(text);
    if (currency !== undefined) currencies.add(currency);
    units.add(unit);
    percents.add(isPercent);
    return core;
  });
  if (currencies.size > 1 || units.size > 1 || percents.size > 1) return undefined;
  const isPercent = percents.has(true);
  const named = [...units].filter((unit) => unit !== undefined);
  const signs = [...currencies, ...named, ...(isPercent ? ['%'] : [])];
  return {
    cores,
    ...(signs.length > 0 && { unit: signs[0] }),
    notes: [
      ...Array.from(currencies, (currency) => `without the sign ${currency}`),
      ...named.map((unit) => `without the unit ${unit}`),
      ...(isPercent ? ['in percent'] : []),
    ],
  };
}

function stylesOf({ decimal, thousands }: NumberHints): readonly Style[] {
  const decimals = decimal === undefined ? (['.', ','] as const) : [decimal];
  const groups =
    thousands === 'none'
      ? [undefined]
      : thousands === undefined
        ? ([undefined, ',', '.', "'", ' '] as const)
        : [thousands, undefined];
  return decimals.flatMap((mark) =>
    groups.flatMap((group) => (group === mark ? [] : [{ decimal: mark, group }])),
  );
}

/** Groups of two digits before the last three are how India writes thousands. */
function patternOf({ decimal, group }: Style): RegExp {
  const point = decimal === '.' ? '\\.' : ',';
  const plainDigits = `(?!0\\d)(?:\\d+(?:${point}\\d*)?|${point}\\d+)(?:[eE][-+]?\\d+)?`;
  if (group === undefined) return new RegExp(`^[-+]?${plainDigits}$`);
  const mark = GROUP_MARKS[group];
  const grouped = `(?!0)\\d{1,3}(?:${mark}\\d{2,3})*${mark}\\d{3}(?:${point}\\d+)?`;
  return new RegExp(`^[-+]?(?:${plainDigits}|${grouped})$`);
}

function hasGroups(core: string, group: GroupMark): boolean {
  return new RegExp(GROUP_MARKS[group]).test(core);
}

function plain(core: string, { decimal, group }: Style): string {
  const joined = group === undefined ? core : core.replaceAll(new RegExp(GROUP_MARKS[group], 'g'), '');
  return decimal === ',' ? joined.replace(',', '.') : joined;
}

/** The style to take; undefined when two that differ in their numbers are as good. */
function preferred(
  fitting: readonly Style[],
  cores: readonly string[],
  { delimiter, usual }: NumberHints,
): Style | undefined {
  const points = fitting.filter(({ decimal }) => decimal === '.');
  const commas = fitting.filter(({ decimal }) => decimal === ',');
  const [point] = points;
  const [comma] = commas;
  if (points.length === 0) return comma;
  if (commas.length === 0 || !cores.some((core) => /[.,]/.test(core))) return point;
  if (usual !== undefined) return usual === '.' ? point : comma;
  const hasPoints = cores.some((core) => core.includes('.'));
  const hasCommas = cores.some((core) => core.includes(','));
  if (hasPoints && hasCommas) return undefined;
  // 950 beside 1,234 is whole; where all have three decimals, a file with semicolons has decimal commas. Points are of
  // thousands in such files as often as they are decimal.
  const isMixed = cores.some((core) => !/[.,]/.test(core));
  if (hasPoints) return delimiter === ';' ? undefined : point;
  if (delimiter === ',') return point;
  return delimiter === ';' && !isMixed ? comma : undefined;
}

/** The first that has a mark. */
function markedOf(cores: readonly string[]): number {
  return Math.max(
    0,
    cores.findIndex((core) => /[.,]/.test(core)),
  );
}

function ambiguityOf(cores: readonly string[]): string {
  const core = cores[markedOf(cores)];
  const mark = core.includes(',') ? ',' : '.';
  const [asDecimal, asGroup] = mark === ',' ? ['comma', 'point'] : ['point', 'comma'];
  return (
    `"${core}" can be read as ${core.replace(mark, '.')} (--decimal ${asDecimal}) ` +
    `or as ${core.replaceAll(mark, '')} (--decimal ${asGroup}). Say which with that option.`
  );
}
