const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const RUN = new RegExp(
  String.raw`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\p{L}\p{M}\p{N}])+(?:['’]\p{L}+)*`,
  'gu',
);
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');

/**
 * The words of a text in lower case, in order; single letters are left out. Chinese and Japanese, which have no spaces
 * between words, give pairs of neighboring characters.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.normalize('NFC').toLowerCase().matchAll(RUN)) {
    if (STARTS_UNSPACED.test(run)) words.push(...pairsOf(Array.from(run)));
    else if (run.length > 1) words.push(run);
  }
  return words;
}

function pairsOf(characters: readonly string[]): string[] {
  if (characters.length === 1) return [...characters];
  return characters.slice(1).map((character, i) => characters[i] + character);
}
