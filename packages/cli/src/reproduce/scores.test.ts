import { describe, expect, it } from 'vitest';
import { scoresOf, spread, spreadScores } from './scores.ts';

describe('spread', () => {
  it('is the mean and the sample standard deviation', () => {
    const { mean, sd, values } = spread([1, 2, 4]);
    expect(mean).toBeCloseTo(7 / 3, 14);
    expect(sd).toBeCloseTo(Math.sqrt(7 / 3), 14);
    expect(values).toEqual([1, 2, 4]);
  });

  it('has no deviation for one value', () => {
    expect(spread([0.5])).toEqual({ mean: 0.5, sd: 0, values: [0.5] });
  });
});

describe('scoresOf', () => {
  it('aligns the clusters with the classes and counts the diagonal', () => {
    const scores = scoresOf([0, 0, 1, 1], [1, 1, 0, 1]);
    expect(scores.accuracy).toBe(0.75);
    expect(scores.confusion).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect(scores.confusionClusters).toEqual([1, 0]);
  });
});

describe('spreadScores', () => {
  it("shows the picked run's confusion matrix", () => {
    const good = scoresOf([0, 1], [1, 0]);
    const poor = scoresOf([0, 1], [0, 0]);
    const both = spreadScores([poor, good], 1);
    expect(both.accuracy).toEqual({ mean: 0.75, sd: spread([0.5, 1]).sd, values: [0.5, 1] });
    expect(both.confusion).toEqual(good.confusion);
    expect(both.confusionClusters).toEqual([1, 0]);
  });
});
