import { countLevels, type Codes } from './codes-of.ts';
import type { CategoryEncoding } from './plan.ts';
import type { BlockWriter } from './write-points.ts';
import { quoted } from './quoted.ts';

/** Levels of fewer rows than this share of all become one, "other". */
const RARE = 0.01;
/** What rare and unknown levels are called together, and missing values. */
export const OTHER_LEVEL = '(other)';
export const MISSING_LEVEL = '(missing)';

/** Indicators of a category of two places: rows that differ are 1 apart, as the values of one 0/1 column are. */
const WEIGHT_OF_TWO = Math.SQRT1_2;
/** Of more places: rows that differ are sqrt(2) apart, as usual one-hot rows are. */
const WEIGHT_OF_MANY = 1;

/** Levels with a coordinate of their own must have this share of the rows, unless the caller says that it is a category. */
const COVERED = 0.5;

/** And no more levels may have one, because each makes the points wider. */
const MAX_LEVELS = 20;

/** How a category becomes coordinates, or a sentence that says why it cannot. */
export interface FittedCategory {
  readonly encoding: CategoryEncoding;
  readonly why?: string | undefined;
}

/**
 * The coordinates of a category by its counts; the levels are in alphabetical order.
 *
 * Its weight is that of two places when at most two have 1 % of the rows: frequent levels, and rare ones together. Missing
 * values are no place in this count.
 *
 * @param told whether the caller said that it is a category
 */
export function fitCategory(codes: Codes, told: boolean): FittedCategory {
  const rows = codes.codes.length;
  const { counts, missing } = countLevels(codes);
  const present = codes.texts.map((text, i) => ({ text, count: counts[i] })).filter(({ count }) => count > 0);
  const frequent = present.filter(({ count }) => count >= RARE * rows);
  const rare = present.filter(({ count }) => count < RARE * rows);
  const names = frequent.map(({ text }) => text);
  const rarely = rare.map(({ text }) => text);
  // A single rare level needs no place to share.
  const levels = (rare.length === 1 && names.length > 0 ? [...names, ...rarely] : names).sort();
  const others = levels.length > names.length ? [] : rarely.sort();
  const sharing = rare.reduce((sum, { count }) => sum + count, 0);
  // A few odd rows, or gaps, do not change how much a category of two counts.
  const places = names.length + Number(sharing >= RARE * rows);
  const weight = places <= 2 ? WEIGHT_OF_TWO : WEIGHT_OF_MANY;
  const encoding: CategoryEncoding = { kind: 'category', levels, others, missing: missing > 0, weight };
  const limits = told
    ? { covered: 0, levels: Infinity }
    : { covered: COVERED * (rows - missing), levels: MAX_LEVELS };
  return { encoding, why: whyUseless(encoding, present, limits) };
}

/** @param limits the rows that must have a level of their own, and the greatest number of such levels */
function whyUseless(
  encoding: CategoryEncoding,
  present: readonly { readonly text: string; readonly count: number }[],
  limits: { readonly covered: number; readonly levels: number },
): string | undefined {
  const { levels } = encoding;
  if (present.length === 0) return 'It has no values.';
  if (present.length === 1 && !encoding.missing)
    return `Constant: all values are ${quoted(present[0].text)}.`;
  const own = new Set(levels);
  const rows = present.reduce((sum, { text, count }) => sum + (own.has(text) ? count : 0), 0);
  if (levels.length > 0 && levels.length <= limits.levels && rows >= limits.covered) return undefined;
  if (present.length === 1) return 'Hardly any row has a value.';
  if (levels.length === 0) return `Too many categories: none of the ${present.length} has 1 % of the rows.`;
  return levels.length > limits.levels
    ? `Too many categories: ${levels.length} of ${present.length} have 1 % of the rows, and at most ${limits.levels} are used.`
    : `Too many rare categories: ${present.length - levels.length} of ${present.length} have less than 1 % of the rows, and most rows together.`;
}

/** The place of each level among the coordinates of a category. */
function placesOf({ levels, others }: CategoryEncoding): ReadonlyMap<string, number> {
  const places = new Map(levels.map((level, i) => [level, i]));
  for (const level of others) places.set(level, levels.length);
  return places;
}

/** Writes the coordinates of a category: unknown levels share those of rare ones, if there are any, or have none. */
export function categoryWriter({ texts, codes }: Codes, encoding: CategoryEncoding): BlockWriter {
  const { levels, others, missing, weight } = encoding;
  const known = placesOf(encoding);
  const elsewhere = others.length > 0 ? levels.length : -1;
  const places = Int32Array.from(texts, (text) => known.get(text) ?? elsewhere);
  const absent = missing ? levels.length + Number(others.length > 0) : -1;
  return ({ rows, out, offset, stride }) => {
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]];
      const place = code < 0 ? absent : places[code];
      if (place >= 0) out[offset + i * stride + place] = weight;
    }
  };
}

/** How many rows have a level that the recipe does not know, and the first few of these levels. */
export function unknownLevels(
  { texts, codes }: Codes,
  encoding: CategoryEncoding,
): { readonly count: number; readonly examples: readonly string[] } {
  const known = placesOf(encoding);
  if (texts.every((text) => known.has(text))) return { count: 0, examples: [] };
  const { counts } = countLevels({ texts, codes });
  const unknown = texts.map((text, i) => ({ text, count: known.has(text) ? 0 : counts[i] }));
  const found = unknown.filter(({ count }) => count > 0);
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    examples: found.slice(0, 3).map(({ text }) => text),
  };
}
