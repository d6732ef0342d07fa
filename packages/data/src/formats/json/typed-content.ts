import type { JsonValue, Tensor } from '@shoal/core';
import { columnOf, MISSING_CODE, type Column, type TextColumn } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import { limited } from '../delimited/limited-remarks.ts';
import {
  numbersOrDates,
  orderRemark,
  type TextHints,
  type TextReading,
} from '../delimited/numbers-or-dates.ts';
import { whyText } from '../delimited/why-text.ts';
import { isMissingWord } from '../missing-words.ts';
import type { FileContent } from '../format.ts';
import type { ReadOptionName, ReadOptions } from '../read-options.ts';
import { shortened } from '../shortened.ts';

/** The values of a column as the file has them. */
export interface NamedValues {
  readonly name: string;
  readonly values: readonly JsonValue[];
}

/** A table whose texts are not read yet. */
export interface JsonTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly NamedValues[];
  readonly notes: readonly string[];
}

/** What a file of JSON has: an array of numbers, or a table. */
export type JsonContent = Tensor | JsonTable;

/** Options of texts in JSON. */
export const TEXT_OPTIONS = [
  'decimal',
  'thousands',
  'dateOrder',
] as const satisfies readonly ReadOptionName[];

/** Greatest number of columns that a note lists. */
const MAX_LISTED = 6;

/**
 * Reads the texts of a table: words for missing values are missing, and a column of texts that are all numbers, or all dates,
 * becomes one of those, as in delimited text. JSON has its own true and false, so texts never are.
 *
 * @throws {FormatError} when two readings of a column are as good
 */
export function typedContent(content: JsonContent, options: ReadOptions): FileContent {
  if (!('columns' in content)) return content;
  const { name, rows, notes } = content;
  const missing = new Set(options.missingValues);
  const read = content.columns.map((column) => readColumn(column, options, missing, name));
  return {
    name,
    rows,
    columns: read.map(({ column }) => column),
    notes: [
      ...notes,
      ...noteOn(read, 'number', 'Numbers that are written as texts are read as numbers'),
      ...noteOn(read, 'date', 'Texts that are dates are read as dates'),
      ...limited(read.flatMap(({ remark }) => remark ?? [])),
    ],
  };
}

/** A column, and what to say of it. */
interface ReadColumn {
  readonly column: Column;
  /** What its texts became. */
  readonly became?: 'number' | 'date' | undefined;
  /** How they are written, in words. */
  readonly notes?: readonly string[] | undefined;
  readonly remark?: (() => string) | undefined;
}

function readColumn(
  { name, values: given }: NamedValues,
  { decimal, thousands, dateOrder }: ReadOptions,
  missing: ReadonlySet<string>,
  file: string,
): ReadColumn {
  const values = withoutMissingWords(given, missing);
  const found = textsIn(values);
  if (found === undefined) return { column: columnOf(name, values) };
  const { texts, codes, places } = found;
  const bare = texts.map((text) => text.trim());
  // Commas between values are those of JSON: what is inside a text decides by itself, as in a file with commas.
  const how: TextHints = { hints: { decimal, thousands, delimiter: ',' }, dateOrder };
  const reading = numbersOrDates(name, bare, how);
  if (reading === undefined) {
    const placeOf = (index: number): string => `row ${places[index] + 1}`;
    return {
      column: { type: 'text', name, texts, codes },
      remark: whyText({ name, texts: bare, placeOf, dateOrder }),
    };
  }
  if (reading.type === 'ambiguous') {
    throw new FormatError(
      { file },
      `column "${shortened(name)}", row ${places[reading.index] + 1}: ${reading.message}`,
    );
  }
  const numbers = Float64Array.from(codes, (code) => (code < 0 ? NaN : reading.values[code]));
  const { notes, type } = reading;
  const remark = reading.type === 'date' ? orderRemark(name, bare[0], reading) : undefined;
  return { column: columnOfReading(name, numbers, reading), became: type, notes, remark };
}

function columnOfReading(
  name: string,
  values: Float64Array,
  reading: Exclude<TextReading, { readonly type: 'ambiguous' }>,
): Column {
  if (reading.type === 'date') return { type: 'date', name, values, precision: reading.precision };
  const integers = values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  return { type: 'number', name, values, integers, unit: reading.unit };
}

function withoutMissingWords(
  values: readonly JsonValue[],
  missing: ReadonlySet<string>,
): readonly JsonValue[] {
  const isMissing = (value: JsonValue): boolean =>
    typeof value === 'string' && (isMissingWord(value) || missing.has(value.trim()));
  return values.some(isMissing) ? values.map((value) => (isMissing(value) ? null : value)) : values;
}

/** The distinct texts of a column; numbers beside texts are texts, too. */
interface TextsOfColumn extends Pick<TextColumn, 'texts' | 'codes'> {
  /** The row where each text comes first, from 0. */
  readonly places: readonly number[];
}

/** Undefined when a column has no text, or anything but texts and numbers. */
function textsIn(values: readonly JsonValue[]): TextsOfColumn | undefined {
  if (!values.some((value) => typeof value === 'string')) return undefined;
  const indices = new Map<string, number>();
  const places: number[] = [];
  const codes = new Int32Array(values.length);
  for (const [row, value] of values.entries()) {
    if (value === null) {
      codes[row] = MISSING_CODE;
      continue;
    }
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    const text = String(value);
    let index = indices.get(text);
    if (index === undefined) {
      indices.set(text, (index = places.length));
      places.push(row);
    }
    codes[row] = index;
  }
  return { texts: [...indices.keys()], codes, places };
}

/** Names the columns whose texts became numbers, or dates, and says how these are written. */
function noteOn(read: readonly ReadColumn[], became: ReadColumn['became'], what: string): readonly string[] {
  const changed = read.filter((one) => one.became === became);
  if (changed.length === 0) return [];
  const names = changed.slice(0, MAX_LISTED).map(({ column: { name } }) => `"${shortened(name)}"`);
  const more = changed.length > MAX_LISTED ? ', ...' : '';
  const styles = new Set(changed.flatMap(({ notes = [] }) => notes));
  return [`${[`${what}: ${names.join(', ')}${more}`, ...styles].join('; ')}.`];
}
