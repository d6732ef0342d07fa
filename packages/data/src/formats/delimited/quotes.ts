import { isMissingText } from '../missing-words.ts';
import { AS_NUMBERS, type ColumnsInProgress } from './columns-in-progress.ts';
import type { Dictionary } from './dictionary.ts';

/**
 * Whether quotes say that a value is a text: when some value stands without them. Where all do, quotes say nothing.
 *
 * @param hasBareNumbers whether a number stands without quotes
 */
export function doQuotesMeanText(
  bytes: Uint8Array,
  dictionaries: readonly (Dictionary | undefined)[],
  hasBareNumbers: boolean,
): boolean {
  return (
    hasBareNumbers ||
    dictionaries.some((dictionary) => dictionary !== undefined && hasBareText(bytes, dictionary))
  );
}

function hasBareText(bytes: Uint8Array, dictionary: Dictionary): boolean {
  for (let entry = 0; entry < dictionary.count; entry++) {
    if (!dictionary.isQuoted(entry) && !isMissingText(bytes, ...dictionary.placeOf(entry))) return true;
  }
  return false;
}

/** Columns that were read as numbers, and have words for missing values in quotes but no number. */
export function columnsOfWords(
  { kinds, numbers, quotedWords }: ColumnsInProgress,
  rows: number,
): readonly number[] {
  const isOfWords = (column: number): boolean =>
    kinds[column] === AS_NUMBERS && numbers[column].subarray(0, rows).every(Number.isNaN);
  return Array.from(quotedWords.keys()).filter((column) => quotedWords[column] === 1 && isOfWords(column));
}
