import { isLong, isPlainNumber } from './cell-kinds.ts';

/** Numbers of a column with the letter of a direction behind them. */
export interface Coordinates {
  /** Degrees; south and west are negative. */
  readonly values: Float64Array;
}

/** Letters that may be directions as well as units. */
export interface UnclearLetters {
  readonly unclear: string;
}

/** "40.1N", "74.25° W". */
const COORDINATE = /^([\d.]+)\s*°?\s*([NSEW])$/;

/** The opposite directions, the second of them negative, and the greatest angle. */
const AXES = [
  { letters: 'NS', limit: 90 },
  { letters: 'EW', limit: 180 },
] as const;

const COORDINATE_NAME = /(^|[\s_.-])(lat|lats|latitude|lon|lons|lng|long|longitude)([\s_.-]|$)/i;
const POWER_NAME = /power|watt|\bW\b|load|leistung/i;

/**
 * The numbers of texts that all end in the letter of a direction. One letter alone says little: W is a unit, too. So both
 * letters of an axis must be there, or a degree sign, or the name of a coordinate.
 *
 * @param texts distinct, without missing ones
 * @returns undefined when they have no such letters, or the letter is a unit: watts, by their size or the name of the column
 */
export function coordinatesOf(
  name: string,
  texts: readonly string[],
): Coordinates | UnclearLetters | undefined {
  const values = new Float64Array(texts.length);
  const letters = new Set<string>();
  let hasDegrees = false;
  for (const [i, text] of texts.entries()) {
    const match = isLong(text) ? null : COORDINATE.exec(text);
    if (match === null || !isPlainNumber(match[1], '.')) return undefined;
    const [, number, letter] = match;
    letters.add(letter);
    hasDegrees ||= text.includes('°');
    values[i] = Number(number) * (letter === 'S' || letter === 'W' ? -1 : 1);
  }
  const axis = AXES.find((one) => [...letters].every((letter) => one.letters.includes(letter)));
  const fits = axis !== undefined && values.every((value) => Math.abs(value) <= axis.limit);
  if (fits && (letters.size > 1 || hasDegrees || COORDINATE_NAME.test(name))) return { values };
  const areWatts = letters.size === 1 && letters.has('W') && (!fits || POWER_NAME.test(name));
  return areWatts ? undefined : { unclear: [...letters].join(', ') };
}
