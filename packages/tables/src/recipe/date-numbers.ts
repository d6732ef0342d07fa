import { DataError } from '@shoal/core';
import type { NumberValues } from '../table/table.ts';
import { quoted } from './quoted.ts';

export const DATE_NUMBERS = ['years', 'days', 'seconds', 'milliseconds'] as const;

/** How numbers are dates: years, days as 20240131, or a time since 1970. */
export type DateNumbers = (typeof DATE_NUMBERS)[number];

/** In words: what numbers are. */
export const DATE_WORDS: Readonly<Record<DateNumbers, string>> = {
  years: 'years',
  days: 'days, such as 20240131',
  seconds: 'seconds since 1970',
  milliseconds: 'milliseconds since 1970',
};

/** The greatest number of seconds; greater ones are milliseconds. As such, it is in 1973. */
const MAX_SECONDS = 1e11;
/** In 1973; smaller numbers may be anything. */
const MIN_SECONDS = 1e8;
/** The latest milliseconds that a `Date` can hold. */
const MAX_MILLISECONDS = 8.64e15;

/** The milliseconds since 1970 that a number means; NaN when it means none. */
const TO_MILLISECONDS: Readonly<Record<DateNumbers, (value: number) => number>> = {
  years: (value) => (Number.isInteger(value) && value >= 1000 && value <= 3000 ? Date.UTC(value, 0, 1) : NaN),
  days: timeOfDay,
  seconds: (value) => (value >= MIN_SECONDS && value <= MAX_SECONDS ? value * 1000 : NaN),
  milliseconds: (value) => (value > MAX_SECONDS && value <= MAX_MILLISECONDS ? value : NaN),
};

/** The start of a day that is written as one number: 20240131. */
function timeOfDay(value: number): number {
  const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
  if (year < 1000 || year > 9999) return NaN;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : NaN;
}

/** What all numbers of a column are as dates; undefined when they are not dates in one way, or all missing. */
function dateNumbersIn(values: NumberValues): DateNumbers | undefined {
  const first = values.find((value) => !Number.isNaN(value));
  if (first === undefined) return undefined;
  return DATE_NUMBERS.find(
    (kind) =>
      !Number.isNaN(TO_MILLISECONDS[kind](first)) &&
      values.every((value) => Number.isNaN(value) || !Number.isNaN(TO_MILLISECONDS[kind](value))),
  );
}

/**
 * What the numbers of a column are as dates.
 *
 * @throws {DataError} when they are not dates in one way
 */
export function requireDateNumbers(name: string, values: NumberValues): DateNumbers {
  const kind = dateNumbersIn(values);
  if (kind === undefined) throw noDates(name, values);
  return kind;
}

/**
 * The numbers of a column in milliseconds since 1970.
 *
 * @throws {DataError} naming the first value that is not a date of this kind
 */
export function datesOfNumbers(name: string, values: NumberValues, kind: DateNumbers): Float64Array {
  const dates = Float64Array.from(values, TO_MILLISECONDS[kind]);
  const bad = dates.findIndex((date, row) => Number.isNaN(date) && !Number.isNaN(values[row]));
  if (bad < 0) return dates;
  throw new DataError(
    `The column ${quoted(name)} has ${values[bad]} in row ${bad + 1}, but the recipe was fitted to ${DATE_WORDS[kind]}. Give numbers of the same kind.`,
  );
}

function noDates(name: string, values: NumberValues): DataError {
  const some = Array.from(values.subarray(0, 1000)).filter((value) => !Number.isNaN(value));
  return new DataError(
    `The numbers in the column ${quoted(name)}, such as ${some.slice(0, 3).join(', ')}, are not dates in one of the usual ways. ` +
      'All of them must be years (1000 to 3000), days (20240131), or seconds (1e8 to 1e11) or milliseconds since 1970. ' +
      'Write dates as 2024-01-31, or take the column as numbers.',
  );
}

const TIME_NAME =
  /(^|[\s_.-])(time|timestamp|date|datetime|epoch|ts|created|updated)([\s_.-]|$)|(Time|Date|Timestamp)$|_at$/i;

/** A hint for numbers that are used as such, and look like times by their name and values; undefined for others. */
export function timeHint(name: string, values: NumberValues): string | undefined {
  if (!TIME_NAME.test(name.trim())) return undefined;
  const kind = dateNumbersIn(values);
  if (kind !== 'seconds' && kind !== 'milliseconds') return undefined;
  return `They look like ${DATE_WORDS[kind]}: if so, make the column a date.`;
}
