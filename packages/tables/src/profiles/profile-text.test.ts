import { describe, expect, it } from 'vitest';
import { profileText } from './profile-text.ts';
import { traitText } from './trait-text.ts';
import type { ClusterProfile, Profiles, Trait } from './types.ts';

const words = ['harbor', 'ship'].map((word) => ({ word, score: 1, share: 0.5, overall: 0.1 }));
const traits: readonly Trait[] = [
  {
    kind: 'number',
    column: 0,
    name: 'Body Mass (g)',
    effect: 1.7,
    lower: 1,
    median: 5000,
    upper: 2,
    overall: 4050,
    others: 37000.4,
  },
  {
    kind: 'level',
    column: 1,
    name: 'Sex',
    level: 'male',
    effect: -0.52,
    share: 0.004,
    overall: 0.2,
    others: 0.25,
    lift: 0.1,
  },
  { kind: 'missing', column: 2, name: '', effect: 9, share: 1, overall: 0.2, others: 0.997, lift: 5 },
  {
    kind: 'date',
    column: 3,
    name: 'seen',
    effect: 1,
    lower: '2014-03-01',
    median: '2014-03-02',
    upper: '2014-03-09',
    overall: '',
    others: '',
  },
  { kind: 'words', column: 4, name: 'text', effect: 0.5, words },
];

function profilesOf(clusters: readonly Partial<ClusterProfile>[], withoutCluster = 0): Profiles {
  const empty = { size: 12345, share: 0.5, traits: [], typical: [], borderline: [] };
  return {
    format: 'shoal-profiles',
    version: 1,
    rows: 24690,
    withoutCluster,
    clusters: clusters.map((profile, cluster) => ({
      cluster,
      name: `name ${cluster}`,
      ...empty,
      ...profile,
    })),
    columns: [],
    separation: {
      verdict: 'unknown',
      clustersWithTraits: 1,
      summary: 'One sentence about all of the clusters.',
    },
  };
}

describe('profileText', () => {
  it('is a table of 80 columns with bars', () => {
    const text = profileText(
      profilesOf([{ traits }, { size: 1, share: 0.001, note: 'No column sets it apart.' }], 12344),
    );
    expect(text.split('\n')).toEqual([
      '                                          here      others       std. difference',
      '0  name 0                                                      12,345 rows, 50 %',
      '  Body Mass (g)                           5000      37,000        │█████    +1.7',
      '  Sex: male                               <1 %        25 %      ▐█│         -0.5',
      '  column 3: missing                      100 %       >99 %        │███████  +9.0',
      '  seen: 2014-03-01 to 03-09                                       │███      +1.0',
      '  text: harbor, ship                                              │█▌       +0.5',
      '',
      '1  name 1                                                            1 row, <1 %',
      '  No column sets it apart.',
      '',
      '12,344 rows in no cluster, 50 %',
      '',
      'One sentence about all of the clusters.',
    ]);
  });

  it('shows as many traits as asked for, in any width from 60', () => {
    for (const width of [20, 60, 100]) {
      const lines = profileText(profilesOf([{ traits, name: '東京 '.repeat(50) }]), {
        width,
        traits: 2,
      }).split('\n');
      expect(lines).toHaveLength(6);
      // Each of these characters takes two columns.
      const wide = Array.from(lines[1]).filter((character) => '東京'.includes(character)).length;
      expect(lines[1].length + wide).toBe(Math.max(60, width));
      for (const line of [lines[0], ...lines.slice(2, 4)]) expect(line).toHaveLength(Math.max(60, width));
    }
  });

  it('writes numbers with four digits', () => {
    const shown = [0, -12.34567, 999.96, 1982, 123456.7, 1.5e9, 0.00001234].map((median) => {
      const trait: Trait = {
        kind: 'number',
        column: 0,
        name: 'x',
        effect: 1,
        lower: 0,
        median,
        upper: 0,
        overall: 0,
        others: 0,
      };
      return profileText(profilesOf([{ traits: [trait] }]))
        .split('\n')[2]
        .slice(30, 46)
        .trim();
    });
    expect(shown).toEqual(['0', '-12.35', '1000', '1982', '123,457', '1.50e+9', '1.23e-5']);
  });
});

describe('traitText', () => {
  it('is a trait in one line', () => {
    expect(traits.map(traitText)).toEqual([
      'Body Mass (g): 5000, others 37,000',
      'Sex: male: <1 %, others 25 %',
      'column 3: missing: 100 %, others >99 %',
      'seen: 2014-03-01 to 03-09',
      'text: harbor, ship',
    ]);
  });
});

it('gives two numbers as many digits as tell them apart', () => {
  const quartiles = { lower: 0, median: 1_521_000_000_000, upper: 2e12, overall: 1.5e12 };
  const place = { kind: 'number', column: 0, name: 'time', effect: 1 } as const;
  const number = { ...place, ...quartiles, others: 1_520_400_000_000 };
  expect(traitText(number)).toContain('1521000000000');
  expect(traitText(number)).toContain('1520400000000');
  expect(traitText({ ...number, others: number.median })).toContain('1.52e+12');
});
