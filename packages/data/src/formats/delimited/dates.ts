import { isLong } from './cell-kinds.ts';

/** Which of two numbers of a date comes first, in dates such as 5/6/2024. */
export type DateOrder = 'day' | 'month';

/** Texts as dates. */
export interface DatesOfTexts {
  /** Milliseconds since 1970 in UTC, or since midnight, of each text. */
  readonly values: Float64Array;
  readonly precision: 'day' | 'moment' | 'time';
  /** Which comes first, where that is not plain from the texts. */
  readonly order?: DateOrder | undefined;
  readonly notes: readonly string[];
}

/** Both orders are as good. */
export interface AmbiguousDates {
  readonly ambiguous: string;
}

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?`;
const TAIL = `(?:(?:T|\\s+|,\\s*)${TIME}${ZONE})?$`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Whole names and the usual short ones: "Mary 30" is not a date. */
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?${TAIL}`);
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TAIL}`);
const DAY_NAMED = new RegExp(String.raw`^(?:(\d{1,2})[-\s.]+)?${MONTH}[-\s,]+(\d{4}|\d{2})${TAIL}`, 'i');
const NAMED_DAY = new RegExp(String.raw`^${MONTH}\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TAIL}`, 'i');
const TIME_ALONE = new RegExp(`^${TIME}$`);

/** A date's numbers as written; the first two are in the order of the column. */
interface Parts {
  readonly kind: 'ordered' | 'either';
  readonly year: number;
  readonly first: number;
  readonly second: number;
  readonly separator: string;
  /** Milliseconds since midnight in UTC; undefined when there is no time. */
  readonly time: number | undefined;
  readonly hasZone: boolean;
  /** Whether it may as well be a day without a year, as "May 10". Other dates of the column tell. */
  readonly isVague: boolean;
}

/**
 * The dates that texts are: ISO 8601 with or without a time and a zone, `2024/05/01`, `01.05.2024`, `5/13/2024`, with names
 * of months in English, and times alone. Whether the day or the month comes first follows from all of them.
 *
 * @param texts distinct, in the order of the rows, without missing ones
 * @param given which comes first, if the caller says so
 * @returns undefined when they are not dates
 */
export function datesOfTexts(
  texts: readonly string[],
  given?: DateOrder,
): DatesOfTexts | AmbiguousDates | undefined {
  if (texts.some(isLong)) return undefined;
  const times = timesOf(texts);
  if (times !== undefined) return { values: times, precision: 'time', notes: [] };
  const all: Parts[] = [];
  for (const text of texts) {
    const parts = partsOf(text);
    if (parts === undefined) return undefined;
    all.push(parts);
  }
  if (all.every(({ isVague }) => isVague)) return undefined;
  const order = given ?? orderOf(all);
  if (order === undefined) return { ambiguous: ambiguityOf(texts, all) };
  const values = new Float64Array(all.length);
  for (const [i, parts] of all.entries()) {
    const value = timestampOf(parts, order);
    if (value === undefined) return undefined;
    values[i] = value;
  }
  const precision = all.some(({ time }) => time !== undefined) ? 'moment' : 'day';
  return {
    values,
    precision,
    order: all.some(({ kind }) => kind === 'either') ? order : undefined,
    notes:
      precision === 'moment' && !all.every(({ hasZone }) => hasZone)
        ? ['times are in UTC where no zone is named']
        : [],
  };
}

function timesOf(texts: readonly string[]): Float64Array | undefined {
  const values = new Float64Array(texts.length);
  for (const [i, text] of texts.entries()) {
    const match = TIME_ALONE.exec(text);
    const time = match === null ? undefined : timeOf(match.slice(1));
    if (time === undefined) return undefined;
    values[i] = time;
  }
  return values;
}

function partsOf(text: string): Parts | undefined {
  let match = YEAR_FIRST.exec(text);
  if (match !== null) {
    const [, year, separator, month, day = '1', ...tail] = match;
    return parts('ordered', year, day, month, separator, tail);
  }
  match = YEAR_LAST.exec(text);
  if (match !== null) {
    const [, first, separator, second, year, ...tail] = match;
    return parts('either', year, first, second, separator, tail);
  }
  match = DAY_NAMED.exec(text);
  if (match !== null) {
    const [, day = '', month, year, ...tail] = match;
    const found = parts('ordered', year, day || '1', monthNumber(month), ' ', tail);
    const isVague = day === '' && year.length === 2 && Number(year) <= 31 && !text.includes('-');
    return found && { ...found, isVague };
  }
  match = NAMED_DAY.exec(text);
  if (match === null) return undefined;
  const [, month, day, year, ...tail] = match;
  return parts('ordered', year, day, monthNumber(month), ' ', tail);
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

/** Years of two digits are those from 1969 to 2068, as POSIX has it. */
const FIRST_YEAR = 69;

function parts(
  kind: Parts['kind'],
  year: string,
  first: string,
  second: string,
  separator: string,
  tail: readonly (string | undefined)[],
): Parts | undefined {
  const hasTime = tail[0] !== undefined;
  const time = hasTime ? timeOf(tail) : undefined;
  if (hasTime && time === undefined) return undefined;
  const short = Number(year);
  const whole = year.length > 2 ? short : short + (short >= FIRST_YEAR ? 1900 : 2000);
  return {
    kind,
    year: whole,
    first: Number(first),
    second: Number(second),
    separator,
    time,
    hasZone: tail[5] !== undefined,
    isVague: false,
  };
}

/** Milliseconds since midnight in UTC; undefined when there is no such time. */
function timeOf([hour = '', minute = '', second = '0', fraction = '0', half, zone]: readonly (
  | string
  | undefined
)[]): number | undefined {
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const minutes = Number(minute);
  const seconds = Number(second);
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return undefined;
  const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds - offsetOf(zone);
}

/** How far a zone is ahead of UTC, in milliseconds. */
function offsetOf(zone: string | undefined): number {
  const match = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  if (match === null) return 0;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Which comes first, by values beyond 12; by the usual order for points; or by which order makes the rows ascend. */
function orderOf(all: readonly Parts[]): DateOrder | undefined {
  const either = all.filter(({ kind }) => kind === 'either');
  if (either.some(({ first }) => first > 12)) return 'day';
  if (either.some(({ second }) => second > 12)) return 'month';
  if (either.every(({ first, second, separator }) => separator === '.' || first === second)) return 'day';
  const ascends = (order: DateOrder): boolean => {
    const values = either.map((one) => timestampOf(one, order) ?? NaN);
    return values.length > 2 && values.every((value, i) => i === 0 || value >= values[i - 1]);
  };
  const byDay = ascends('day');
  return byDay === ascends('month') ? undefined : byDay ? 'day' : 'month';
}

function timestampOf({ kind, year, first, second, time }: Parts, order: DateOrder): number | undefined {
  const [day, month] = kind === 'ordered' || order === 'day' ? [first, second] : [second, first];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + (time ?? 0);
}

function ambiguityOf(texts: readonly string[], all: readonly Parts[]): string {
  const at = all.findIndex(({ kind, first, second }) => kind === 'either' && first !== second);
  const iso = (order: DateOrder): string =>
    new Date(timestampOf({ ...all[at], time: undefined }, order) ?? 0).toISOString().slice(0, 10);
  return (
    `"${texts[at]}" can be read as ${iso('day')} (--date-order day) or as ${iso('month')} (--date-order month). ` +
    'Say which with that option.'
  );
}
