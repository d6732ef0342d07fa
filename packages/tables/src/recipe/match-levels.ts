import { BOOLEAN_WORDS, truthOf } from '../table/boolean-words.ts';
import type { Codes } from './codes-of.ts';
import type { CategoryEncoding } from './plan.ts';

/**
 * Categories by the names that the levels of a recipe have. The type of a column depends on all values of its file, and the
 * next file may have others: 5 for "5.0" where no word is among the numbers, true or 1 for "yes". So a text that is no level
 * stands for the one that is the same number, or the same of true and false. Texts that stand for none stay as they are.
 *
 * @param isBoolean whether the recipe was fitted to true and false
 */
export function matchLevels(
  { texts, codes }: Codes,
  { levels, others }: CategoryEncoding,
  isBoolean: boolean,
): Codes {
  const known = new Set([...levels, ...others]);
  if (texts.every((text) => known.has(text))) return { texts, codes };
  const byNumber = onlyOnes([...known], numberOf);
  const byTruth = onlyOnes(isBoolean || havePair([...known]) ? [...known] : [], truthOfLevel);
  const levelOf = (text: string): string | undefined => {
    if (known.has(text)) return text;
    const number = numberOf(text);
    const same = number === undefined ? undefined : byNumber.get(number);
    const truth = truthOfLevel(text);
    return same ?? (truth === undefined ? undefined : byTruth.get(truth));
  };
  return { texts: texts.map((text) => levelOf(text) ?? text), codes };
}

/** Levels by what they stand for, where no other level stands for the same. */
function onlyOnes<Key>(
  levels: readonly string[],
  keyOf: (level: string) => Key | undefined,
): ReadonlyMap<Key, string> {
  const found = new Map<Key, string>();
  const repeated = new Set<Key>();
  for (const level of levels) {
    const key = keyOf(level);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, level);
  }
  for (const key of repeated) found.delete(key);
  return found;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The number that a text is; undefined for codes with zeros in front, and where digits would be lost. */
function numberOf(text: string): number | undefined {
  if (!NUMBER.test(text) || /^[-+]?0\d/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** True and false as numbers. */
const BITS = ['0', '1'] as const;

/** Whether a level stands for true or for false; 1 and 0 do, too. */
function truthOfLevel(text: string): boolean | undefined {
  return truthOf(text) ?? (text === BITS[1] ? true : text === BITS[0] ? false : undefined);
}

/** Whether both words of a pair are among the levels: "f" alone can be short for anything. */
function havePair(levels: readonly string[]): boolean {
  const words = new Set(levels.map((level) => level.toLowerCase()));
  return [BITS, ...BOOLEAN_WORDS].some((pair) => pair.every((word) => words.has(word)));
}
