import { DataError } from '@shoal/core';
import type { Column, NumberValues, TextColumn } from '../table/table.ts';
import { datesOfNumbers, type DateNumbers } from './date-numbers.ts';
import { isFloat } from './missing.ts';
import type { NumberEncoding } from './plan.ts';
import { quoted } from './quoted.ts';

/** A column as numbers: NaN where one is missing. */
export interface Numbers {
  readonly values: NumberValues;
  readonly unit: NumberEncoding['unit'];
  /** Rows without a number, ascending. */
  readonly missing: Uint32Array;
}

/** What one unit is, in the values of a column. */
export const UNITS: Readonly<Record<NumberEncoding['unit'], number>> = {
  one: 1,
  day: 86_400_000,
  hour: 3_600_000,
};

/**
 * A column as numbers: texts are parsed, booleans are 0 and 1, dates milliseconds.
 *
 * @param date whether texts and numbers are dates
 * @param kind what numbers are as dates; undefined when they are milliseconds
 * @throws {DataError} naming the row when a value is infinite, or a text not a number
 */
export function numbersOf(column: Column, date: boolean, kind?: DateNumbers): Numbers {
  const values =
    date && kind !== undefined && column.type === 'number'
      ? datesOfNumbers(column.name, column.values, kind)
      : valuesOf(column, date);
  return {
    values,
    unit: unitOf(column, date),
    missing: rowsOfNaN(values, `the column ${quoted(column.name)}`),
  };
}

/**
 * What the numbers of a column are counted in.
 *
 * @param date whether texts and numbers are dates
 */
export function unitOf(column: Column, date: boolean): NumberEncoding['unit'] {
  if (column.type === 'date') return column.precision === 'time' ? 'hour' : 'day';
  return date && column.type !== 'boolean' ? 'day' : 'one';
}

function valuesOf(column: Column, date: boolean): NumberValues {
  switch (column.type) {
    case 'number':
    case 'date':
      return column.values;
    case 'boolean':
      return Float64Array.from(column.values, (value) => (value > 1 ? NaN : value));
    case 'text':
      return parsed(column, date);
    case 'vector':
    case 'bytes':
      throw new DataError(
        `The column ${quoted(column.name)} has ${column.type === 'bytes' ? 'bytes' : 'vectors'}, which are not numbers.`,
      );
  }
}

function parsed(column: TextColumn, date: boolean): Float64Array {
  const numbers = column.texts.map((text) => (date ? Date.parse(text) : text.trim() ? Number(text) : NaN));
  const bad = column.codes.findIndex((code) => code >= 0 && Number.isNaN(numbers[code]));
  if (bad >= 0) {
    throw new DataError(
      `The value in row ${bad + 1} of the column ${quoted(column.name)} is ${quoted(column.texts[column.codes[bad]])}, which is not a ${date ? 'date' : 'number'}. ` +
        'Take the column as a category, or leave it out.',
    );
  }
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : numbers[code]));
}

/** @throws {DataError} naming the row of the first infinite value */
function rowsOfNaN(values: NumberValues, what: string): Uint32Array {
  const rows: number[] = [];
  if (!isFloat(values)) return new Uint32Array(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value - value === 0) continue;
    if (!Number.isNaN(value)) throw infinite(what, i, value);
    rows.push(i);
  }
  return Uint32Array.from(rows);
}

/** The error of an infinite value. */
export function infinite(what: string, row: number, value: number): DataError {
  return new DataError(
    `The value in row ${row + 1} of ${what} is ${value < 0 ? '-inf' : 'inf'} (infinity), which has no distance to others. ` +
      'Correct it, or leave it empty, which counts as missing.',
  );
}
