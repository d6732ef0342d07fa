import { shortened } from '../shortened.ts';
import { coordinatesOf } from './coordinates.ts';
import { datesOfTexts, type DateOrder, type DatesOfTexts } from './dates.ts';
import { styledNumbers, type NumberHints, type StyledNumbers } from './number-style.ts';

/** How the texts of a column are to be read. */
export interface TextHints {
  readonly hints: NumberHints;
  readonly dateOrder: DateOrder | undefined;
}

/** What texts are, as numbers or dates. */
export type TextReading =
  | (StyledNumbers & { readonly type: 'number' })
  | (DatesOfTexts & { readonly type: 'date' })
  | {
      readonly type: 'ambiguous';
      /** Both readings, and the options that decide. */
      readonly message: string;
      /** The text that shows it, by its index. */
      readonly index: number;
    };

/**
 * The numbers or dates that the texts of a column are, in any way of writing them: the same in every format whose files have
 * texts.
 *
 * @param texts distinct, without missing ones and blanks around them, in the order of the rows
 * @returns undefined when they are neither
 */
export function numbersOrDates(
  name: string,
  texts: readonly string[],
  { hints, dateOrder }: TextHints,
): TextReading | undefined {
  const places = coordinatesOf(name, texts);
  if (places !== undefined) {
    return 'unclear' in places
      ? undefined
      : { type: 'number', ...places, notes: ['south and west are negative'] };
  }
  const numbers = styledNumbers(texts, hints);
  if (numbers !== undefined) {
    return 'ambiguous' in numbers
      ? { type: 'ambiguous', message: numbers.ambiguous, index: numbers.index }
      : { type: 'number', ...numbers };
  }
  const dates = datesOfTexts(texts, dateOrder);
  if (dates === undefined) return undefined;
  return 'ambiguous' in dates
    ? { type: 'ambiguous', message: dates.ambiguous, index: 0 }
    : { type: 'date', ...dates };
}

/** Says which of day and month comes first, where that is not plain from the dates. */
export function orderRemark(
  name: string,
  example: string,
  { order }: Pick<DatesOfTexts, 'order'>,
): (() => string) | undefined {
  return order === undefined
    ? undefined
    : () => `In dates of the column "${shortened(name)}", such as ${example}, the ${order} comes first.`;
}
