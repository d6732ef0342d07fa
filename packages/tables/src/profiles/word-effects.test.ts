import { describe, expect, it } from 'vitest';
import fixture from '../../test/fixtures/profiles.json' with { type: 'json' };
import { columnOf } from '../table/table-of.ts';
import type { TextColumn } from '../table/table.ts';
import { countWords, readCorpus } from './corpus.ts';
import { groupRows } from './groups.ts';
import { sampleOf } from './sample.ts';
import { classTfIdf, wordEffects } from './word-effects.ts';

function textColumn(texts: readonly (string | null)[]): TextColumn {
  const column = columnOf('text', texts);
  if (column.type !== 'text') throw new TypeError(`A column of texts is of type ${column.type}.`);
  return column;
}

describe('classTfIdf', () => {
  it("is the formula over scikit-learn's counts", async () => {
    const { classes, scores } = fixture.words;
    const column = textColumn(classes.flat());
    let next = 0;
    const groups = classes.map((texts) => Uint32Array.from(texts, () => next++));
    const corpus = await readCorpus(column, groups, undefined);
    const found = classTfIdf(groups.map((rows) => countWords(corpus, column, rows)));
    for (const [i, expected] of scores.entries()) {
      const named = new Map(Array.from(found[i], ([word, score]) => [corpus.vocabulary[word], score]));
      expect([...named.keys()].sort()).toEqual(Object.keys(expected).sort());
      for (const [word, score] of Object.entries(expected)) expect(named.get(word)).toBeCloseTo(score, 12);
    }
  });
});

describe('wordEffects', () => {
  const subjects = ['harbor ship storm', 'goal match minute'];
  const labels = Array.from({ length: 60 }, (_, i) => i % 2);
  const sentences = labels.map((label, i) => `The ${subjects[label].split(' ')[i % 3]} and the ${i}th day`);

  it('finds the words of a cluster, and not those of all', async () => {
    const groups = groupRows(labels, 2, labels.length);
    const found = await wordEffects(textColumn(sentences), sampleOf(groups, 0), undefined);
    expect(found.map((effect) => effect?.words.map(({ word }) => word).sort())).toEqual(
      subjects.map((words) => words.split(' ').sort()),
    );
    expect(found[0]?.words[0]).toMatchObject({ share: 10 / 30, overall: 10 / 60 });
  });

  it('finds none without texts', async () => {
    const groups = groupRows([0, 0, 1], 2, 3);
    const column: TextColumn = { type: 'text', name: 'text', texts: [], codes: Int32Array.of(-1, -1, -1) };
    expect(await wordEffects(column, sampleOf(groups, 0), undefined)).toEqual([undefined, undefined]);
  });
});
