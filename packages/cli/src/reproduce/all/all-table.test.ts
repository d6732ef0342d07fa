import { describe, expect, it } from 'vitest';
import { spread } from '../scores.ts';
import { allTable, allTableNotes } from './all-table.ts';
import type { EntrySummary } from './summarize-all.ts';

const figures = { accuracy: spread([0.5, 0.6]), nmi: spread([0.4, 0.5]), ari: spread([0.3, 0.4]) };
const pick = { accuracy: 0.6, nmi: 0.5, ari: 0.4 };
const kmeans: EntrySummary = {
  name: 'kmeans',
  train: figures,
  test: figures,
  seconds: spread([2, 4]),
  pick: { seed: 1, train: pick, test: pick },
};
const published: EntrySummary = {
  ...kmeans,
  name: 'dec',
  published: { accuracy: 0.518, nmi: 0.546, source: 'somebody' },
};

describe('allTable', () => {
  it('has a row per method, and no column for figures that were not published', () => {
    const { head, rows } = allTable([kmeans]);
    expect(head.at(-1)).toBe('seconds');
    expect(rows).toEqual([
      [
        'kmeans',
        '0.550 ± 0.071',
        '0.450 ± 0.071',
        '0.350 ± 0.071',
        '0.600 / 0.500',
        '0.550 / 0.450',
        '-',
        '3',
      ],
    ]);
    expect(allTableNotes([kmeans])).toHaveLength(2);
  });

  it('puts published figures beside', () => {
    const { head, rows } = allTable([kmeans, published]);
    expect(head.at(-1)).toBe('published');
    expect(rows.map((row) => row.at(-1))).toEqual(['-', '0.518 / 0.546']);
    expect(allTableNotes([kmeans, published]).at(-1)).toMatch(/^Published figures are of all 70,000 images/);
  });
});
