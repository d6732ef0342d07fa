import { isMissingWord } from '../missing-words.ts';
import { bareNumber } from './number-signs.ts';

/** A number with digits alone, a decimal mark and an exponent, as `scanNumber` takes it. */
const PLAIN = {
  '.': /^[+-]?(?!0\d)(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ',': /^[+-]?(?!0\d)(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
} as const;

/** The same in groups of three digits, and with other marks around it. */
const GROUPED = /^[+-]?\d{1,3}([.,' \u00a0\u2009\u202f\u2019]\d{3})+([.,]\d+)?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$|^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** Words in it are null, None and nan. */
const LIST = /^\[[-+\d.,\seNnaulo]*\]$/i;

/** No number or date is longer; some patterns would take very long for a text of millions of characters. */
const MAX_LENGTH = 400;

/** Whether a text is too long for a number or a date. */
export function isLong(text: string): boolean {
  return text.length > MAX_LENGTH;
}

/** Whether a text is a plain number with this decimal mark. */
export function isPlainNumber(text: string, decimal: '.' | ','): boolean {
  return !isLong(text) && PLAIN[decimal].test(text);
}

/** Whether a text is a number in some way of writing. */
export function isNumberLike(text: string): boolean {
  if (isLong(text)) return false;
  if (isPlainNumber(text, '.') || isPlainNumber(text, ',')) return true;
  const { core } = bareNumber(text);
  const isBare = core !== text && (isPlainNumber(core, '.') || isPlainNumber(core, ','));
  return isBare || GROUPED.test(core) || /^[+-]?0\d+$/.test(core);
}

/** Whether a text is a number with a unit: "5 min". */
export function hasUnit(text: string): boolean {
  return isNumberLike(text) && bareNumber(text).unit !== undefined;
}

/** Whether a text is a date or a time. */
export function isDateLike(text: string): boolean {
  return !isLong(text) && DATE.test(text);
}

/** Whether a text may be a list of numbers: "[0.1, null]". */
export function isListLike(text: string): boolean {
  return LIST.test(text);
}

/** Whether a text is a name: neither a number, nor a date, nor a list of numbers, nor missing. */
export function isName(text: string): boolean {
  return !isMissingWord(text) && !isNumberLike(text) && !isDateLike(text) && !isListLike(text);
}

/**
 * How well a value looks divided from its neighbors: 1 when it does, 0 when it seems to hold several values, which only a
 * list in brackets may.
 */
export function cleanness(text: string): number {
  if (isListLike(text)) return 1;
  if (isMissingWord(text) || isNumberLike(text) || isDateLike(text)) return 1;
  if (isLong(text)) return 0.7;
  if (/[,;\t|]\S/.test(text) || /\d \S*\d$/.test(text)) return 0;
  return /[,;|]/.test(text) ? 0.7 : text.includes(' ') ? 0.9 : 1;
}
