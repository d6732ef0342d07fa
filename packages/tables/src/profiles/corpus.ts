import { chunkRows, forEachChunk } from '@shoal/core/engine-kit';
import { MISSING_CODE } from '../table/cells.ts';
import type { TextColumn } from '../table/table.ts';
import { wordsOf } from './tokenize.ts';

/** Only the beginning of a long text is read. */
const MAX_CHARACTERS = 1000;

/** The words of a text column. */
export interface Corpus {
  /** Every word that was found, in order of appearance. */
  readonly vocabulary: readonly string[];
  /** By code of the column: indices of the text's words in the vocabulary, in order; undefined for texts in no row. */
  readonly texts: readonly (Uint32Array | undefined)[];
}

/** @param groups the rows whose texts are read, by group */
export async function readCorpus(
  { texts, codes }: TextColumn,
  groups: readonly Uint32Array[],
  signal: AbortSignal | undefined,
): Promise<Corpus> {
  const indices = new Map<string, number>();
  const read = new Array<Uint32Array | undefined>(texts.length);
  const indexOf = (word: string): number => {
    let index = indices.get(word);
    if (index === undefined) indices.set(word, (index = indices.size));
    return index;
  };
  for (const rows of groups) {
    await forEachChunk(rows.length, chunkRows(MAX_CHARACTERS), signal, (start, end) => {
      for (const row of rows.subarray(start, end)) {
        const code = codes[row];
        if (code === MISSING_CODE) continue;
        read[code] ??= Uint32Array.from(wordsOf(texts[code].slice(0, MAX_CHARACTERS)), indexOf);
      }
    });
  }
  return { vocabulary: [...indices.keys()], texts: read };
}

/** How often words are in some texts. */
export interface WordCounts {
  /** Number of words, repeated ones too. */
  readonly words: number;
  /** By word: how many times it is there. */
  readonly times: ReadonlyMap<number, number>;
  /** By word: how many rows have it. */
  readonly rows: ReadonlyMap<number, number>;
}

export function countWords({ texts }: Corpus, { codes }: TextColumn, rows: Uint32Array): WordCounts {
  const times = new Map<number, number>();
  const inRows = new Map<number, number>();
  let words = 0;
  for (const row of rows) {
    const text = codes[row] === MISSING_CODE ? undefined : texts[codes[row]];
    if (text === undefined) continue;
    words += text.length;
    for (const word of text) times.set(word, (times.get(word) ?? 0) + 1);
    for (const word of new Set(text)) inRows.set(word, (inRows.get(word) ?? 0) + 1);
  }
  return { words, times, rows: inRows };
}
