import { BOOLEAN_WORDS, type BooleanColumn } from '@shoal/tables';

/** Ways to write true and false with large and small letters, more than a file has. */
const MAX_SPELLINGS = 20;

/** What texts say that are all words for true and false. */
interface Truths {
  /** 1 or 0 for each text. */
  readonly values: readonly number[];
  /** How the file writes them, unless it is "false" and "true". */
  readonly words: Pick<BooleanColumn, 'words'>;
}

/** Undefined when texts are not words for true and false. */
export function booleansOf(texts: readonly string[]): Truths | undefined {
  if (texts.length === 0 || texts.length > MAX_SPELLINGS) return undefined;
  const words = texts.map((text) => text.toLowerCase());
  const pair = BOOLEAN_WORDS.find(([no, yes]) => words.every((word) => word === yes || word === no));
  if (pair === undefined) return undefined;
  const [no, yes] = pair.map((word) => texts[words.indexOf(word)] ?? inCaseOf(texts[0], word));
  const isUsual = no === BOOLEAN_WORDS[0][0] && yes === BOOLEAN_WORDS[0][1];
  return {
    values: words.map((word) => Number(word === pair[1])),
    words: isUsual ? {} : { words: [no, yes] },
  };
}

/** A word with the large and small letters of another. */
function inCaseOf(model: string, word: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  return model.startsWith(model[0].toUpperCase()) ? word[0].toUpperCase() + word.slice(1) : word;
}
