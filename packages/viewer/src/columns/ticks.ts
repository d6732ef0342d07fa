import type { DateColumn } from '@shoal/tables';
import type { Tick } from '../state/grouping.ts';

/** The most ticks of a scale. */
const MAX_TICKS = 6;
/** 0.3 / 0.1 is a little less than 3. */
const ROUNDING = 1e-9;

/** Round numbers within a range, at most six, whole ones for whole numbers; the only value when there is one. */
export function numberTicks(low: number, high: number, areWhole = false): readonly Tick[] {
  if (!(high > low)) return [{ value: low, text: plain(low) }];
  const least = (high - low) / (MAX_TICKS - 1);
  const step = roundStep(areWhole ? Math.max(1, least) : least);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const first = Math.ceil(low / step - ROUNDING);
  const last = Math.floor(high / step + ROUNDING);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, text: step < 1e-6 ? value.toExponential(1) : plain(Number(value.toFixed(digits))) };
  });
}

/** The least of 1, 2, 5, 10, 20 ... and their tenths that is not less. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least * (1 - ROUNDING)) ?? 10) * power;
}

/** "2007", "25,000", "3M". */
function plain(value: number): string {
  if (Math.abs(value) >= 1e6) {
    return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
  }
  return value.toLocaleString('en-US', {
    // A year is not written 2,007.
    useGrouping: Math.abs(value) >= 10_000,
    maximumSignificantDigits: 8,
  });
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

const STEPS: readonly (readonly [milliseconds: number, part: 'time' | 'day'])[] = [
  ...[1, 10, 100, SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE].map(
    (step) => [step, 'time'] as const,
  ),
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR].map((step) => [step, 'time'] as const),
  ...[DAY, 2 * DAY, 7 * DAY, 14 * DAY].map((step) => [step, 'day'] as const),
];
const MONTH_STEPS = [1, 3, 6];

/**
 * Round points in time within a range, at most six: of the clock, days, the first days of months, or of years.
 *
 * @param low milliseconds since 1970
 */
export function dateTicks(low: number, high: number, precision: DateColumn['precision']): readonly Tick[] {
  const least = (high - low) / (MAX_TICKS - 1);
  if (!(high > low)) return [{ value: low, text: isoPart(low, precision === 'time' ? 'clock' : 'day') }];
  const fine = STEPS.find(([step, part]) => step >= least && (part === 'time' || precision !== 'time'));
  if (fine !== undefined) {
    const [step, part] = fine;
    const first = Math.ceil(low / step);
    const last = Math.floor(high / step);
    const shown = part === 'time' && precision === 'time' ? 'clock' : part;
    return Array.from({ length: last - first + 1 }, (_, i) => {
      const value = (first + i) * step;
      return { value, text: isoPart(value, shown) };
    });
  }
  const months = MONTH_STEPS.find((step) => step * MONTH >= least);
  return months === undefined
    ? monthTicks(low, high, 12 * roundStep(Math.max(1, least / YEAR)), 'year')
    : monthTicks(low, high, months, 'month');
}

function monthTicks(low: number, high: number, step: number, part: 'month' | 'year'): readonly Tick[] {
  const start = new Date(low);
  const ticks: Tick[] = [];
  let month = Math.floor((12 * start.getUTCFullYear() + start.getUTCMonth()) / step) * step;
  for (; ; month += step) {
    // Date.UTC takes the years 0 to 99 for 1900 to 1999.
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
    const value = date.getTime();
    if (!(value <= high)) return ticks;
    if (value >= low) ticks.push({ value, text: isoPart(value, part) });
  }
}

type Part = 'clock' | 'time' | 'day' | 'month' | 'year';

/** A part of ISO 8601: "13:45", "2024-05-01 13:45", "2024-05-01", "2024-05", "2024". */
function isoPart(value: number, part: Part): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  const [day, clock] = date.toISOString().split('T');
  const time = clock.replace(/(:00)?\.000Z$/, '').replace('Z', '');
  switch (part) {
    case 'clock':
      return time;
    case 'time':
      return `${day} ${time}`;
    case 'day':
      return day;
    case 'month':
      return day.slice(0, -3);
    case 'year':
      return day.slice(0, -6);
  }
}
