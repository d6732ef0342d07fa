import type { BooleanColumn } from './table.ts';

/** What a boolean column's file has for false and for true. */
export type BooleanWords = readonly [no: string, yes: string];

/** Words for false and true, in small letters. */
export const BOOLEAN_WORDS: readonly BooleanWords[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['f', 't'],
  ['n', 'y'],
];

/** The words of a column; "false" and "true" when its file has none. */
export function wordsOf({ words }: BooleanColumn): BooleanWords {
  return words ?? BOOLEAN_WORDS[0];
}

/** Whether a word stands for true or for false, in any case of letters; undefined when for neither. */
export function truthOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  const pair = BOOLEAN_WORDS.find((words) => words.includes(word));
  return pair === undefined ? undefined : pair[1] === word;
}
