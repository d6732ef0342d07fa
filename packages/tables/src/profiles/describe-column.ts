import type { Column, TextColumn } from '../table/table.ts';
import { describeLevels } from './describe-levels.ts';
import { describeNumbers } from './describe-numbers.ts';
import { describeWords } from './describe-words.ts';
import { headOf, type DescriptionPlace } from './description-place.ts';
import type { ColumnSummary } from './types.ts';

/** Finds the traits of one column, and sums it up. */
export async function describeColumn(column: Column, place: DescriptionPlace): Promise<ColumnSummary> {
  switch (column.type) {
    case 'number':
    case 'date':
      return describeNumbers(column, place);
    case 'boolean':
      return describeLevels(column, place);
    case 'text':
      return isOfLevels(column) ? describeLevels(column, place) : describeWords(column, place);
    case 'vector':
    case 'bytes':
      return { ...headOf(column, place), describedAs: 'none', missing: 0 };
  }
}

/** Text columns with at most so many different texts are categories, */
const MAX_LEVELS = 50;
/** and those whose texts are there so many times on average. */
const MIN_REPEATS = 10;

function isOfLevels({ texts, codes }: TextColumn): boolean {
  return texts.length <= MAX_LEVELS || texts.length * MIN_REPEATS <= codes.length;
}
