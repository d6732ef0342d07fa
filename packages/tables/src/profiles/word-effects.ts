import type { TextColumn } from '../table/table.ts';
import { countWords, readCorpus, type WordCounts } from './corpus.ts';
import type { Sample } from './sample.ts';
import { shareEffect } from './share-effect.ts';
import type { DistinctiveWord } from './types.ts';

/** The distinctive words of a cluster. */
export interface WordEffect {
  /** By class-based TF-IDF, greatest first. */
  readonly words: readonly DistinctiveWord[];
  /** Greatest standardized difference of them. */
  readonly effect: number;
  /** How likely a random group has a word that differs as much. */
  readonly chance: () => number;
}

/** Texts of more rows are sampled. */
const MAX_TEXTS = 50_000;
const MAX_WORDS = 5;
/** Fewer rows than this make no word typical of a cluster. */
const MIN_ROWS = 3;
/** A word must be in so much larger a part of the cluster's rows: this leaves out what is frequent everywhere. */
const MIN_LIFT = 1.5;
const MIN_WORD_EFFECT = 0.2;

/**
 * Words that are more frequent in a cluster, ordered by class-based TF-IDF. There are no lists of stop words, which know
 * some languages only.
 *
 * @returns one entry per cluster, undefined where no word is distinctive
 */
export async function wordEffects(
  column: TextColumn,
  sample: Sample,
  signal: AbortSignal | undefined,
): Promise<readonly (WordEffect | undefined)[]> {
  const groups = thinOut(sample);
  const corpus = await readCorpus(column, groups, signal);
  const counts = groups.map((rows) => countWords(corpus, column, rows));
  const inRows = sumCounts(counts.map(({ rows }) => rows));
  const rows = groups.reduce((sum, { length }) => sum + length, 0);
  const ofClusters = counts.slice(0, -1);
  const scores = classTfIdf(ofClusters);
  return ofClusters.map((own, cluster) => {
    const found = [...scores[cluster]].flatMap(([word, score]) => {
      const having = own.rows.get(word) ?? 0;
      const difference = shareEffect(having, groups[cluster].length, inRows.get(word) ?? 0, rows);
      if (having < MIN_ROWS || difference === undefined) return [];
      const { effect, lift, share, overall, chance } = difference;
      if (effect < MIN_WORD_EFFECT || lift < MIN_LIFT) return [];
      return [{ effect, chance, word: { word: corpus.vocabulary[word], score, share, overall } }];
    });
    if (found.length === 0) return undefined;
    found.sort((a, b) => b.word.score - a.word.score || b.effect - a.effect);
    const best = found.slice(0, MAX_WORDS);
    return {
      words: best.map(({ word }) => word),
      effect: Math.max(...best.map(({ effect }) => effect)),
      // Each word of the vocabulary is another chance to differ.
      chance: () => Math.min(...best.map(({ chance }) => chance())) * corpus.vocabulary.length,
    };
  });
}

/** The rows of each group, evenly thinned out when there are too many. */
function thinOut({ rows, starts }: Sample): readonly Uint32Array[] {
  const stride = Math.max(1, rows.length / MAX_TEXTS);
  return Array.from({ length: starts.length - 1 }, (_, group) => {
    const own = rows.subarray(starts[group], starts[group + 1]);
    return Uint32Array.from(
      { length: Math.ceil(own.length / stride) },
      (_row, i) => own[Math.floor(i * stride)],
    );
  });
}

function sumCounts(counts: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const each of counts) {
    for (const [word, count] of each) sums.set(word, (sums.get(word) ?? 0) + count);
  }
  return sums;
}

/**
 * Class-based TF-IDF (Grootendorst, "BERTopic", arXiv:2203.05794, 2022): with tf the part of the class's words that are this
 * one, f the number of times it is in all classes, and A the mean number of words of a class, `tf * ln(1 + A / f)`.
 *
 * @returns the score of each word of each class
 */
export function classTfIdf(classes: readonly WordCounts[]): readonly ReadonlyMap<number, number>[] {
  const mean = classes.reduce((sum, { words }) => sum + words, 0) / classes.length;
  const frequencies = sumCounts(classes.map(({ times }) => times));
  return classes.map(
    ({ words, times }) =>
      new Map(
        Array.from(times, ([word, count]) => [
          word,
          (count / words) * Math.log(1 + mean / (frequencies.get(word) ?? count)),
        ]),
      ),
  );
}
