import { countLevels, type Codes } from './codes-of.ts';
import { widthOf, type CategoryEncoding } from './plan.ts';
import type { BlockWriter } from './write-points.ts';

/** Levels of fewer rows than this share of all become one, "other". */
const RARE = 0.01;
/** What rare and unknown levels are called together, and missing values. */
export const OTHER_LEVEL = '(other)';
export const MISSING_LEVEL = '(missing)';

/** Indicators of a category of two levels: rows that differ are 1 apart, as the values of one 0/1 column are. */
const WEIGHT_OF_TWO = Math.SQRT1_2;
/** Of more levels: rows that differ are sqrt(2) apart, as usual one-hot rows are. */
const WEIGHT_OF_MANY = 1;

/** Levels with a coordinate of their own must have this share of the rows, unless the caller says that it is a category. */
const COVERED = 0.5;

/** How a category becomes coordinates, or a sentence that says why it cannot. */
export interface FittedCategory {
  readonly encoding: CategoryEncoding;
  readonly why?: string | undefined;
}

/**
 * The coordinates of a category by its counts; the levels are in alphabetical order.
 *
 * @param told whether the caller said that it is a category
 */
export function fitCategory(codes: Codes, told: boolean): FittedCategory {
  const rows = codes.codes.length;
  const { counts, missing } = countLevels(codes);
  const present = codes.texts.map((text, i) => ({ text, count: counts[i] })).filter(({ count }) => count > 0);
  const frequent = present.filter(({ count }) => count >= RARE * rows);
  const levels = frequent.map(({ text }) => text).sort();
  const others = present
    .filter(({ count }) => count < RARE * rows)
    .map(({ text }) => text)
    .sort();
  const weight = levels.length <= 2 ? WEIGHT_OF_TWO : WEIGHT_OF_MANY;
  const encoding: CategoryEncoding = { kind: 'category', levels, others, missing: missing > 0, weight };
  const covered = frequent.reduce((sum, { count }) => sum + count, 0);
  if (levels.length === 0 || (!told && covered < COVERED * (rows - missing))) {
    return {
      encoding,
      why: `Too many categories: ${present.length}, of which ${levels.length} have 1 % of the rows.`,
    };
  }
  if (widthOf(encoding) > 1) return { encoding };
  return { encoding, why: `Constant: all values are "${levels[0]}".` };
}

/** A level of each code, as the offset of its coordinate; -1 for none. */
export interface LevelMap {
  readonly places: Int32Array;
  /** Of missing values. */
  readonly missing: number;
  /** Codes of levels that the recipe does not know. */
  readonly unknown: readonly number[];
}

export function mapLevels(texts: readonly string[], encoding: CategoryEncoding): LevelMap {
  const { levels, others, missing } = encoding;
  const elsewhere = others.length > 0 ? levels.length : -1;
  const known = new Map(levels.map((level, i) => [level, i]));
  for (const level of others) known.set(level, elsewhere);
  const unknown: number[] = [];
  const places = Int32Array.from(texts, (text, code) => {
    const place = known.get(text);
    if (place === undefined) unknown.push(code);
    return place ?? elsewhere;
  });
  return { places, missing: missing ? levels.length + Number(others.length > 0) : -1, unknown };
}

/** Writes the coordinates of a category. */
export function categoryWriter({ codes }: Codes, { places, missing }: LevelMap, weight: number): BlockWriter {
  return ({ rows, out, offset, stride }) => {
    for (let i = 0; i < rows.length; i++) {
      const code = codes[rows[i]];
      const place = code < 0 ? missing : places[code];
      if (place >= 0) out[offset + i * stride + place] = weight;
    }
  };
}
