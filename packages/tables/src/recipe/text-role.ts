import type { TextColumn } from '../table/table.ts';
import { countLevels } from './codes-of.ts';
import { areUuids, hasIdName } from './id-columns.ts';
import type { ColumnRole } from './options.ts';

/** With this many levels or fewer, texts are categories when each has this many rows on average. */
const FEW_LEVELS = 20;
const FEW_ROWS = 1.5;
/** With more levels, this many. */
const ROWS_PER_LEVEL = 20;
/** Longer texts, by the mean number of characters, are sentences, not ids. */
const LONG_TEXT = 60;

/** With this many words or more on average, short texts are titles or remarks, not ids; names of people have two. */
const MANY_WORDS = 2.5;

/** What a column is, and a sentence that says why. */
export interface ChosenRole {
  readonly role: ColumnRole;
  readonly why: string;
}

/**
 * What texts are: categories when they repeat (at most 20 levels of 1.5 rows or more on average, or more levels of 20 rows
 * or more), ids when all are different, short and of few words, else text.
 */
export function roleOfTexts(column: TextColumn): ChosenRole {
  const { counts, missing } = countLevels(column);
  const levels = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const present = column.codes.length - missing;
  const share = present / Math.max(1, levels);
  if (areUuids(column.texts)) return { role: 'id', why: 'Texts that are UUIDs.' };
  if (levels === 1 || (levels <= FEW_LEVELS && share >= FEW_ROWS) || share >= ROWS_PER_LEVEL) {
    return { role: 'category', why: 'Texts that repeat.' };
  }
  if (levels === present && present > 1) {
    if (meanOf(column, wordsIn) >= MANY_WORDS) return { role: 'text', why: 'Texts of several words.' };
    if (meanOf(column, ({ length }) => length) <= LONG_TEXT) {
      return { role: 'id', why: 'Texts that are all different.' };
    }
  }
  if (hasIdName(column.name)) return { role: 'id', why: 'Texts with the name of an id.' };
  return {
    role: 'text',
    why: `Texts: ${levels} different ones in ${present} rows are too many categories.`,
  };
}

function meanOf({ texts }: TextColumn, size: (text: string) => number): number {
  return texts.reduce((sum, text) => sum + size(text), 0) / texts.length;
}

/** Words with letters: those of "Order 12, box 3" are two. */
function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
}
