import { MISSING_BOOLEAN, MISSING_CODE, type Column } from '@shoal/tables';
import type { FormatError } from '../../errors.ts';
import { shortened } from '../shortened.ts';
import { booleansOf } from './boolean-words.ts';
import type { Dictionary } from './dictionary.ts';
import type { Quote } from './dialect.ts';
import { lineOf } from './line-of.ts';
import { isMissingWord } from '../missing-words.ts';
import { styledNumbers } from './number-style.ts';
import { numbersOrDates, orderRemark, type TextHints } from './numbers-or-dates.ts';
import { narrowestColumn } from '../narrowest-column.ts';
import { whyText } from './why-text.ts';

/** What finishing a column needs to know of the file. */
export interface ColumnContext extends TextHints {
  readonly bytes: Uint8Array;
  readonly quote: Quote;
  /** Whether words for true, false and missing values are texts when they stand in quotes; see `doQuotesMeanText`. */
  readonly quotesMeanText: boolean;
  readonly rows: number;
  /** Words that the caller takes for missing, beside the usual ones. */
  readonly missing: ReadonlySet<string>;
  /** An error at a byte of the text, in a column counted from 0. */
  readonly error: (at: number, column: number, message: string) => FormatError;
}

/** A column, and what was taken for granted. */
export interface FinishedColumn {
  readonly column: Column;
  /** How its values are written, in words: "decimal commas". */
  readonly notes: readonly string[];
  /** What else is to be said of it, as a sentence. To find a line takes time, so it is made when it is used. */
  readonly remark?: (() => string) | undefined;
}

/** The distinct texts of a column, and the index of each row's text; -1 when it is missing. */
interface Texts {
  readonly texts: readonly string[];
  readonly codes: Int32Array;
  /** The byte where each text was first seen. */
  readonly places: readonly number[];
  /** Whether all of them stand in quotes. */
  readonly areQuoted: boolean;
}

const INFINITY = /^[-+]?(inf|infinity|\u221e|1\.#INF)$/i;

/**
 * The column of texts that are all booleans, numbers in some way of writing, or dates; else the texts.
 *
 * @param index of the column, from 0
 * @throws {FormatError} when a number is infinite, or two readings are as good
 */
export function columnOfTexts(
  name: string,
  index: number,
  dictionary: Dictionary,
  context: ColumnContext,
): FinishedColumn {
  const { texts, codes, places, areQuoted } = textsOf(dictionary, context, false);
  const { rows, error, quotesMeanText } = context;
  const spread = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => (codes[row] < 0 ? NaN : values[codes[row]]));
  if (texts.length === 0) {
    const words = textsOf(dictionary, context, quotesMeanText);
    return words.texts.length === 0
      ? { column: narrowestColumn(name, spread([])), notes: [] }
      : { column: { type: 'text', name, texts: words.texts, codes: words.codes }, notes: [] };
  }
  // Blanks around a value in quotes mean nothing.
  const bare = texts.map((text) => text.trim());
  const truths = booleansOf(bare);
  if (truths !== undefined && !(quotesMeanText && areQuoted)) {
    const values = Uint8Array.from(codes, (code) => (code < 0 ? MISSING_BOOLEAN : truths.values[code]));
    return { column: { type: 'boolean', name, values, ...truths.words }, notes: [] };
  }
  rejectInfinity(bare, places, index, context);
  const reading = numbersOrDates(name, bare, context);
  if (reading === undefined) {
    const all = quotesMeanText ? textsOf(dictionary, context, true) : { texts, codes };
    const placeOf = (at: number): string => `line ${lineOf(context.bytes, places[at])}`;
    return {
      column: { type: 'text', name, texts: all.texts, codes: all.codes },
      notes: [],
      remark: whyText({ name, texts, placeOf, dateOrder: context.dateOrder }),
    };
  }
  if (reading.type === 'ambiguous') throw error(places[reading.index], index, reading.message);
  const { notes } = reading;
  if (reading.type === 'number') {
    return { column: { ...narrowestColumn(name, spread(reading.values)), unit: reading.unit }, notes };
  }
  return {
    column: { type: 'date', name, values: spread(reading.values), precision: reading.precision },
    notes,
    remark: orderRemark(name, texts[0], reading),
  };
}

/**
 * Texts without missing ones and without repetitions, which quotes can hide.
 *
 * @param keepsQuoted whether words for missing values are texts when they stand in quotes
 */
function textsOf(
  dictionary: Dictionary,
  { bytes, quote, rows, missing }: ColumnContext,
  keepsQuoted: boolean,
): Texts {
  const decoder = new TextDecoder();
  const indices = new Map<string, number>();
  const texts: string[] = [];
  const places: number[] = [];
  const renumbered = new Int32Array(dictionary.count);
  const mayRepeat = dictionary.escaped.size > 0;
  let areQuoted = true;
  for (let entry = 0; entry < dictionary.count; entry++) {
    const [start, end] = dictionary.placeOf(entry);
    const raw = decoder.decode(bytes.subarray(start, end));
    const text = dictionary.escaped.has(entry) ? raw.replaceAll(quote + quote, quote) : raw;
    const known = mayRepeat ? indices.get(text) : undefined;
    const isQuoted = dictionary.isQuoted(entry);
    const isKept = keepsQuoted && isQuoted && text !== '';
    if (missing.has(text) || (isMissingWord(text) && !isKept)) {
      renumbered[entry] = MISSING_CODE;
      continue;
    }
    areQuoted &&= isQuoted;
    if (known !== undefined) renumbered[entry] = known;
    else {
      renumbered[entry] = texts.length;
      if (mayRepeat) indices.set(text, texts.length);
      texts.push(text);
      places.push(start);
    }
  }
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) codes[row] = renumbered[dictionary.codes[row]];
  return { texts, codes, places, areQuoted };
}

/** @throws {FormatError} when all texts are numbers, but some of them are infinite */
function rejectInfinity(
  texts: readonly string[],
  places: readonly number[],
  index: number,
  context: ColumnContext,
): void {
  const at = texts.findIndex((text) => INFINITY.test(text) || isTooLarge(text));
  if (at < 0) return;
  const finite = texts.filter((text) => !INFINITY.test(text) && !isTooLarge(text));
  if (finite.length > 0 && styledNumbers(finite, context.hints) === undefined) return;
  throw context.error(
    places[at],
    index,
    `"${shortened(texts[at])}" is infinite. Leave the value empty if it is missing, or give a number.`,
  );
}

function isTooLarge(text: string): boolean {
  return /\d/.test(text) && Math.abs(Number(text)) === Infinity;
}
