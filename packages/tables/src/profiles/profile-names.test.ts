import { describe, expect, it } from 'vitest';
import { nameClusters } from './profile-names.ts';
import type { LevelTrait, NumberTrait, Trait } from './types.ts';

function number(name: string, effect: number): NumberTrait {
  return { kind: 'number', column: 2, name, effect, lower: 1, median: 2, upper: 3, overall: 1, others: 1 };
}

function level(name: string, text: string, effect: number): LevelTrait {
  return {
    kind: 'level',
    column: 0,
    name,
    effect,
    level: text,
    share: 0.5,
    overall: 0.2,
    others: 0.1,
    lift: 2.5,
  };
}

function nameOf(...traits: Trait[]): string {
  return nameClusters([{ traits, size: 1 }], [])[0];
}

describe('nameClusters', () => {
  it('makes a name of the first two traits', () => {
    expect(nameOf(number('Flipper Length (mm)', 1.8), level('Sex', 'male', 1), number('x', 1))).toBe(
      'very high Flipper Length, Sex: male',
    );
    expect(nameOf(number('Weight_in_lbs [lb]', -0.6), level('Origin', 'USA', -1))).toBe(
      'low Weight in lbs, Origin: not USA',
    );
    expect(nameOf()).toBe('Cluster 0: average');
    expect(nameOf(number('', 1))).toBe('high column 3');
  });

  it('has words for periods, missing values and texts', () => {
    const period = {
      lower: '2014-03-09',
      median: '2014-05-01',
      upper: '2014-06-01',
      overall: '',
      others: '',
    };
    expect(nameOf({ kind: 'date', column: 0, name: 'seen', effect: 1, ...period })).toBe(
      'seen: 2014-03 to 2014-06',
    );
    const shares = { column: 0, name: 'Director', share: 0.5, overall: 0.2, others: 0.1, lift: 2.5 };
    expect(nameOf({ kind: 'missing', effect: 1, ...shares })).toBe('no Director');
    expect(nameOf({ kind: 'missing', effect: -1, ...shares })).toBe('with Director');
    const words = ['harbor', 'ship', 'storm'].map((word) => ({ word, score: 1, share: 0.5, overall: 0.1 }));
    expect(nameOf({ kind: 'words', column: 0, name: 'text', effect: 1, words })).toBe('"harbor" "ship"');
  });

  it('gives no two clusters one name, and keeps those that were given', () => {
    const traits = [number('a', 1), number('b', 1), number('c', 1)];
    const same = Array.from({ length: 5 }, () => ({ traits, size: 1 }));
    const average = { traits: [], size: 1 };
    expect(nameClusters([...same, average, { ...average, size: 0 }], ['high a, high c'])).toEqual([
      'high a, high c',
      'high a, high b',
      'high a',
      'high a, about 2',
      'high a, high b (4)',
      'Cluster 5: average',
      'Cluster 6: empty',
    ]);
    expect(nameClusters([average, average], [undefined, 'Cluster 0: average'])[0]).toBe(
      'Cluster 0: average 2',
    );
  });

  it('stays within 60 characters and one line', () => {
    const long = 'a column\nwith a name '.repeat(20);
    const name = nameOf(number(long, 2), level(long, long, 1));
    expect(name.length).toBeLessThanOrEqual(60);
    expect(name).toMatch(/^very high a column with a.*…, a c.*…: a column with a name…$/);
  });
});
