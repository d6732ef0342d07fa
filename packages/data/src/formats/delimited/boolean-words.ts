/** Words for true and false, in pairs. */
const BOOLEANS = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
] as const;

/** Ways to write true and false with large and small letters, more than a file has. */
const MAX_SPELLINGS = 20;

/** 1 or 0 for each text; undefined when they are not words for true and false. */
export function booleansOf(texts: readonly string[]): readonly number[] | undefined {
  if (texts.length > MAX_SPELLINGS) return undefined;
  const words = texts.map((text) => text.toLowerCase());
  const pair = BOOLEANS.find(([yes, no]) => words.every((word) => word === yes || word === no));
  return pair && words.map((word) => Number(word === pair[0]));
}
