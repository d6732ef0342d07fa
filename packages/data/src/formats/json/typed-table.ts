import type { JsonValue } from '@shoal/core';
import { columnOf, type Table } from '@shoal/tables';
import { isPlainNumber } from '../delimited/cell-kinds.ts';
import { isMissingWord } from '../missing-words.ts';
import { shortened } from '../shortened.ts';
import { withDates } from './date-columns.ts';

/** The values of a column as the file has them. */
export interface NamedValues {
  readonly name: string;
  readonly values: readonly JsonValue[];
}

/** Greatest number of columns that a note lists. */
const MAX_LISTED = 6;

/**
 * The table of columns of JSON values. Words for missing values are missing, as in delimited text; texts that are all plain
 * numbers become numbers, and those that are all dates become dates.
 */
export function typedTable(
  name: string,
  rows: number,
  columns: readonly NamedValues[],
  notes: readonly string[],
): Table {
  const numeric: string[] = [];
  const typed = columns.map((column) => {
    const values = withoutMissingWords(column.values);
    const numbers = numbersOf(values);
    if (numbers !== undefined) numeric.push(`"${shortened(column.name)}"`);
    return withDates(columnOf(column.name, numbers ?? values));
  });
  const more = numeric.length > MAX_LISTED ? ', ...' : '';
  const note = `Numbers that are written as texts are read as numbers: ${numeric.slice(0, MAX_LISTED).join(', ')}${more}.`;
  return { name, rows, columns: typed, notes: numeric.length === 0 ? notes : [...notes, note] };
}

function withoutMissingWords(values: readonly JsonValue[]): readonly JsonValue[] {
  const isMissing = (value: JsonValue): boolean => typeof value === 'string' && isMissingWord(value);
  return values.some(isMissing) ? values.map((value) => (isMissing(value) ? null : value)) : values;
}

/** The numbers of a column of texts, or of texts and numbers; undefined when a text is no number, or a code such as 00123. */
function numbersOf(values: readonly JsonValue[]): readonly (number | null)[] | undefined {
  let hasText = false;
  const numbers: (number | null)[] = [];
  for (const value of values) {
    const isText = typeof value === 'string';
    if (isText && !isNumber(value)) return undefined;
    if (!isText && typeof value !== 'number' && value !== null) return undefined;
    hasText ||= isText;
    numbers.push(isText ? Number(value) : value);
  }
  return hasText ? numbers : undefined;
}

/** Whether a text is a number that float64 holds. */
function isNumber(text: string): boolean {
  const value = Number(text);
  return (
    isPlainNumber(text, '.') &&
    Number.isFinite(value) &&
    (!/^[-+]?\d+$/.test(text) || Number.isSafeInteger(value))
  );
}
