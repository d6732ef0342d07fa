import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, ShapeError } from '../errors.ts';
import { rankRuns } from './rank-runs.ts';

const agreeing = [0, 0, 1, 1, 2, 2];
const runs = [
  { labels: [0, 1, 2, 0, 1, 2], logLikelihood: -3, bic: 40, inertia: 9, silhouette: 0.1 },
  { labels: agreeing, logLikelihood: -1, bic: 50, inertia: 7, silhouette: 0.3 },
  { labels: [1, 1, 2, 2, 0, 0], logLikelihood: -2, bic: 40, inertia: 8, silhouette: 0.3 },
];

describe('rankRuns', () => {
  it.each([
    ['log-likelihood', [1, 2, 0]],
    ['bic', [0, 2, 1]],
    ['inertia', [1, 2, 0]],
    ['silhouette', [1, 2, 0]],
    ['stability', [1, 2, 0]],
    ['consensus', [1, 2, 0]],
  ] as const)('puts the best by %s first, and of equal ones the first', (criterion, order) => {
    const ranked = rankRuns(runs, { criteria: [criterion], consensus: agreeing });
    expect(ranked.map(({ index }) => index)).toEqual(order);
  });

  it('averages ranks, equal values sharing theirs', () => {
    const ranked = rankRuns(runs, { criteria: ['bic', 'silhouette'] });
    expect(ranked.map(({ index, ranks, meanRank }) => ({ index, ranks, meanRank }))).toEqual([
      { index: 2, ranks: { bic: 1.5, silhouette: 1.5 }, meanRank: 1.5 },
      { index: 0, ranks: { bic: 1.5, silhouette: 3 }, meanRank: 2.25 },
      { index: 1, ranks: { bic: 3, silhouette: 1.5 }, meanRank: 2.25 },
    ]);
    expect(ranked[0].values).toEqual({ bic: 40, silhouette: 0.3 });
  });

  it('measures stability within a setting, and keeps names', () => {
    const halves = [0, 0, 0, 1, 1, 1];
    const named = [
      { name: 'a', setting: 'three', labels: agreeing },
      { name: 'b', setting: 'two', labels: halves },
      { name: 'c', setting: 'three', labels: [0, 1, 2, 0, 1, 2] },
      { name: 'd', setting: 'two', labels: halves },
    ];
    const ranked = rankRuns(named);
    expect(ranked.map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
    expect(ranked[0].values).toEqual({ stability: 1 });
    expect(() => rankRuns(named.slice(0, 3))).toThrow(/two runs of the setting two; run 1 is alone/);
    expect(() => rankRuns(named.slice(0, 1))).toThrow(InvalidArgumentError);
  });

  it('says which value is missing', () => {
    expect(() => rankRuns([])).toThrow(InvalidArgumentError);
    expect(() => rankRuns(runs, { criteria: [] })).toThrow(/at least one criterion/);
    expect(() => rankRuns([{ labels: agreeing }], { criteria: ['bic'] })).toThrow(/run 0 is undefined/);
    expect(() => rankRuns([{ labels: agreeing, bic: NaN }], { criteria: ['bic'] })).toThrow(/is NaN/);
    expect(() => rankRuns(runs, { criteria: ['consensus'] })).toThrow(/pass its labels/);
    expect(() => rankRuns(runs, { criteria: ['bic', 'bic'] })).toThrow(/each named once/);
    expect(() => rankRuns(runs, { criteria: ['taste' as 'bic'] })).toThrow(InvalidArgumentError);
    expect(() => rankRuns([...runs, { labels: [0] }])).toThrow(ShapeError);
  });
});
