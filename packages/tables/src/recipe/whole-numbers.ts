import type { Column, NumberValues } from '../table/table.ts';
import { quotedList } from './quoted.ts';

/** What whole numbers may be beside quantities. */
const KINDS = ['days', 'years', 'places', 'codes'] as const;
type Kind = (typeof KINDS)[number];

/** What to say of the columns of a kind. */
const NOTES: Readonly<Record<Kind, (names: string) => string>> = {
  days: (names) =>
    `The whole numbers in ${names} look like dates without marks, such as 20240131. They count as numbers; make the column a date to use them as days.`,
  years: (names) => `The whole numbers in ${names} look like years. They count as numbers.`,
  places: (names) =>
    `The whole numbers in ${names} may be postal codes, whose differences mean nothing. They count as numbers; make them categories, or leave them out.`,
  codes: (names) =>
    `Few different whole numbers in ${names}, which count as numbers. If they are codes, make them categories.`,
};

/** Notes on columns that are used as numbers, and may be something else: one for each kind. */
export function notesOnWholeNumbers(columns: readonly Column[]): readonly string[] {
  const kinds = columns.map((column) =>
    column.type === 'number' && column.integers ? kindOf(column) : undefined,
  );
  return KINDS.flatMap((kind) => {
    const names = columns.flatMap(({ name }, i) => (kinds[i] === kind ? [name] : []));
    return names.length > 0 ? [NOTES[kind](quotedList(names))] : [];
  });
}

/** "zip", "ZIP code", "postal_code", "PLZ", "postcode". */
const POSTAL_NAME = /^(zip|plz|postal|postcode|pin[\s_.-]?code|cep)([\s_.-]?(code|no|nr))?\d?$/i;

function kindOf({
  name,
  values,
}: {
  readonly name: string;
  readonly values: NumberValues;
}): Kind | undefined {
  if (POSTAL_NAME.test(name.trim())) return 'places';
  if (all(values, isDay)) return 'days';
  if (all(values, isYear)) return 'years';
  return areCodes(values) ? 'codes' : undefined;
}

/** Whether some values are there, and all that are pass a test. */
function all(values: NumberValues, test: (value: number) => boolean): boolean {
  let present = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (!test(values[i])) return false;
    present++;
  }
  return present > 0;
}

const FIRST_YEAR = 1800;
const LAST_YEAR = 2100;

function isYear(value: number): boolean {
  return value >= FIRST_YEAR && value <= LAST_YEAR;
}

/** Whether a number is the year, month and day of a date, one after the other. */
function isDay(value: number): boolean {
  const [month, day] = [Math.floor(value / 100) % 100, value % 100];
  return isYear(Math.floor(value / 10_000)) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** A whole number of so few values may be a code. */
const CODE_VALUES = 10;
/** Rows per value from which it looks like one. */
const CODE_ROWS = 10;
/** Whole numbers from here on are quantities. */
const MAX_CODE = 1000;

function areCodes(values: NumberValues): boolean {
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    distinct.add(value);
    if (distinct.size > CODE_VALUES || value < 0 || value >= MAX_CODE) return false;
  }
  return distinct.size > 2 && values.length >= distinct.size * CODE_ROWS;
}
