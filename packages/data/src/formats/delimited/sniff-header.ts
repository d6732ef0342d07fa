import { hasUnit, isDateLike, isListLike, isName, isNumberLike } from './cell-kinds.ts';
import { isMissingWord } from '../missing-words.ts';

/**
 * Whether the first line has the names of the columns. It has when it is unlike the lines below:
 * - a name stands above numbers, lists of numbers or dates, and all that is a number in the line is a whole one, as in `id,2019,2020`;
 * - all values are names, and none is among the values below it;
 * - the first value is empty and those below it are not, as data frames write their index;
 * - all values are whole numbers that rise or fall, above fractions alone; or such years above numbers most of which are no
 *   years; or 0, 1, 2, ... of five columns or more;
 * - names stand above texts that are others, and such years, or 0, 1, 2, ..., above numbers: `country,1990,2000`.
 */
export function sniffHeader(first: readonly string[], data: readonly (readonly string[])[]): boolean {
  const filled = first.map((text, j) => ({ text, j })).filter(({ text }) => text !== '');
  if (filled.length === 0) return false;
  const below = (j: number): readonly string[] =>
    data.flatMap((cells) => (isMissingWord(cells[j] ?? '') ? [] : [cells[j]]));
  const isWhole = (text: string): boolean => /^\d+$/.test(text);
  // "5 min" is a name above numbers without units.
  const isNameOf = (text: string, j: number): boolean =>
    isName(text) || (hasUnit(text) && !below(j).some(hasUnit));
  const names = filled.filter(({ text, j }) => isNameOf(text, j));
  const numbers = filled.filter(({ text, j }) => isNumberLike(text) && !isNameOf(text, j));
  if (names.some(({ j }) => isMeasured(below(j)))) return numbers.every(({ text }) => isWhole(text));
  if (
    first[0] === '' &&
    filled.length === first.length - 1 &&
    below(0).length === data.length &&
    data.length > 0
  ) {
    return true;
  }
  if (names.length === filled.length) {
    return names.every(({ text, j }) => !below(j).includes(text));
  }
  const isComplete = names.length + numbers.length === first.length;
  if (!isComplete || !numbers.every(({ text }) => isWhole(text))) return false;
  if (names.some(({ text, j }) => below(j).includes(text))) return false;
  const values = numbers.map(({ text }) => Number(text));
  const under = data.map((cells) => numbers.map(({ j }) => cells[j] ?? ''));
  return names.length === 0 ? isNumberHeader(values, under) : isCountedHeader(values, under);
}

/** Whether values are numbers, lists of numbers or dates, all of them. */
function isMeasured(values: readonly string[]): boolean {
  const isOne = (value: string): boolean => isNumberLike(value) || isDateLike(value) || isListLike(value);
  return values.length > 0 && values.every(isOne);
}

/** From this many columns on, 0, 1, 2, ... are not taken for data. */
const LONG_SEQUENCE = 5;

/** Fewer lines than this do not show what is usual in a file. */
const ENOUGH_LINES = 3;

function isNumberHeader(first: readonly number[], data: readonly (readonly string[])[]): boolean {
  if (data.length === 0 || first.length < 2 || !isOneWay(first)) return false;
  const cells = filledCells(data);
  const isFraction = (cell: string): boolean => /[.,]\d/.test(cell);
  if (data.length >= ENOUGH_LINES && cells.length > 0 && cells.every(isFraction)) return true;
  return isCountedHeader(first, data);
}

/** Whether numbers rise or fall. */
function isOneWay(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, j) => Math.sign(value - values[j]));
  return steps[0] !== 0 && steps.every((step) => step === steps[0]);
}

function filledCells(data: readonly (readonly string[])[]): readonly string[] {
  return data.flatMap((row) => row.filter((cell) => !isMissingWord(cell)));
}

/** Whether numbers are years that rise or fall above other numbers, or 0, 1, 2, ... */
function isCountedHeader(first: readonly number[], data: readonly (readonly string[])[]): boolean {
  const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1800 && value <= 2199;
  const isTold = first.length > 1 || data.length >= ENOUGH_LINES;
  if (first.every(isYear) && isOneWay(first) && isTold) {
    const cells = filledCells(data);
    return cells.length > 0 && 2 * cells.filter((cell) => isYear(Number(cell))).length < cells.length;
  }
  return first.length >= LONG_SEQUENCE && isCount(first) && !data.some((row) => isSequence(row.map(Number)));
}

/** Whether values are 0, 1, 2, ... or 1, 2, 3, ... */
function isCount(values: readonly number[]): boolean {
  return values[0] <= 1 && isSequence(values);
}

function isSequence(values: readonly number[]): boolean {
  return values.every((value, j) => j === 0 || value === values[j - 1] + 1);
}
