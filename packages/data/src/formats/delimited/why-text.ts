import { shortened } from '../shortened.ts';
import { isDateLike, isNumberLike, isPlainNumber } from './cell-kinds.ts';
import { coordinatesOf } from './coordinates.ts';
import { datesOfTexts, type DateOrder } from './dates.ts';

/** Texts of a column that stays text, and how a message says where one of them is: "line 5". */
export interface TextsWithPlaces {
  readonly name: string;
  /** Distinct, without missing ones. */
  readonly texts: readonly string[];
  readonly placeOf: (index: number) => string;
  readonly dateOrder: DateOrder | undefined;
}

/** So many texts show whether most are numbers. */
const MAX_JUDGED = 1000;

/** Says why a column that might be of numbers is one of texts; undefined when it does not look like that. */
export function whyText({ name, texts, placeOf, dateOrder }: TextsWithPlaces): (() => string) | undefined {
  const column = `The column "${shortened(name)}"`;
  if (texts.every((text) => /^[-+]?\d+$/.test(text))) {
    const why = texts.some((text) => /^[-+]?0\d/.test(text))
      ? 'has whole numbers with zeros in front, which are codes,'
      : 'has whole numbers beyond 2^53, which would be rounded,';
    return () => `${column} ${why} and stays text.`;
  }
  const letters = coordinatesOf(name, texts);
  if (letters !== undefined && 'unclear' in letters) {
    return () =>
      `${column} is text: ${letters.unclear} behind its numbers can be a direction or a unit. Write the numbers alone, south and west with a minus.`;
  }
  const words = wordsBehind(texts);
  if (words !== undefined) {
    return () =>
      `${column} is text: ${words.map((word) => `"${word}"`).join(', ')} behind its numbers ${words.length === 1 ? 'is not a unit' : 'are not one unit'} that Shoal knows. Write the numbers alone, negative ones with a minus.`;
  }
  const odd = texts.findIndex((text) => !isNumberLike(text));
  const first = texts.slice(0, MAX_JUDGED);
  if (odd >= 0 && 2 * first.filter(isNumberLike).length >= first.length) {
    return () =>
      `${column} is text: ${placeOf(odd)} has "${shortened(texts[odd])}" among the numbers.${missingHint(texts[odd])}`;
  }
  if (odd < 0) return () => `${column} is text: its numbers are written in different ways or units.`;
  if (2 * first.filter(isDateLike).length < first.length) return undefined;
  return () => {
    const wrong = texts.findIndex(
      (text) => !isDateLike(text) || datesOfTexts([text], dateOrder) === undefined,
    );
    return wrong < 0
      ? `${column} is text: its dates are written in different ways.`
      : `${column} is text: ${placeOf(wrong)} has "${shortened(texts[wrong])}" among the dates.`;
  };
}

/** More different words than this are parts of codes: "12A", "12B", "12C". */
const MAX_WORDS = 3;

/** The words behind numbers, when every text is a number and one of a few words: "5 CR", "6 DR". */
function wordsBehind(texts: readonly string[]): readonly string[] | undefined {
  const words = new Set<string>();
  let hasUnknown = false;
  for (const text of texts) {
    const match = /^([-+]?[\d.,]{1,40})\s*(\p{L}{1,10})$/u.exec(text);
    if (match === null || !isPlainNumber(match[1], match[1].includes('.') ? '.' : ',')) return undefined;
    words.add(match[2]);
    hasUnknown ||= !isNumberLike(text);
    if (words.size > MAX_WORDS) return undefined;
  }
  return hasUnknown && words.size < texts.length ? [...words] : undefined;
}

/** How to say that a word is a missing value; the option has no way to write some. */
function missingHint(word: string): string {
  if (/[,"]/.test(word) || shortened(word) !== word) return '';
  const typed = /^[\w.+-]+$/.test(word) ? word : `"${word}"`;
  return ` If that means a missing value, add --missing-values ${typed}; if its row has units or another header, remove that.`;
}
