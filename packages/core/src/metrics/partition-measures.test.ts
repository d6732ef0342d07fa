import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors.ts';
import { Random } from '../random.ts';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  clusteringAccuracy,
  completeness,
  expectedMutualInformation,
  fowlkesMallowsIndex,
  homogeneity,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusionMatrix,
  purity,
  randIndex,
  vMeasure,
  contingencyFromCounts,
  type EntropyAverage,
  type Labels,
} from './index.ts';

const AVERAGES: readonly EntropyAverage[] = ['arithmetic', 'geometric', 'min', 'max'];

type Measure = (classes: Labels, clusters: Labels) => number;

const averaged: Record<string, Measure> = Object.fromEntries(
  AVERAGES.flatMap((average): [string, Measure][] => [
    [`NMI, ${average}`, (a, b) => normalizedMutualInformation(a, b, { average })],
    [`AMI, ${average}`, (a, b) => adjustedMutualInformation(a, b, { average })],
  ]),
);

/** Measures that do not change when classes and clusters trade places. */
const symmetric: Record<string, Measure> = {
  ...averaged,
  accuracy: clusteringAccuracy,
  'adjusted Rand': adjustedRandIndex,
  Rand: randIndex,
  'Fowlkes-Mallows': fowlkesMallowsIndex,
  'V-measure': vMeasure,
};

const all: Record<string, Measure> = { ...symmetric, homogeneity, completeness, purity };

function randomLabels(random: Random, count: number, groups: number): number[] {
  return Array.from({ length: count }, () => random.integer(groups));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

const classes = [0, 0, 0, 1, 1, 1];
const clusters = [0, 1, 0, 1, 2, 2];

describe.each(Object.entries(all))('%s', (_name, measure) => {
  it('is exactly 1 for the same partition, whatever its labels', () => {
    expect(measure([0, 0, 1, 2, 2], [5, 5, -3, 0, 0])).toBe(1);
    expect(measure([0, 0, 0], [4, 4, 4])).toBe(1);
    expect(measure([1, 2, 3, 4], ['d', 'c', 'b', 'a'])).toBe(1);
    expect(measure([8], [9])).toBe(1);
    expect(measure([], [])).toBe(1);
  });

  it('does not depend on the names or the type of the labels, nor on the order of the points', () => {
    const expected = measure(classes, clusters);
    expect(measure(Int8Array.of(-4, -4, -4, 90, 90, 90), clusters)).toBeCloseTo(expected, 14);
    expect(measure(['x', 'x', 'x', 'a', 'a', 'a'], ['u', '', 'u', '', 'w', 'w'])).toBeCloseTo(expected, 14);
    expect(measure(classes, [2 ** 40, 7, 2 ** 40, 7, -2, -2])).toBeCloseTo(expected, 14);
    expect(measure([1, 0, 1, 0, 1, 0], [2, 0, 2, 1, 1, 0])).toBeCloseTo(expected, 14);
  });

  it('is finite and at most 1 on random partitions of every shape', () => {
    const random = new Random(43);
    for (let round = 0; round < 200; round++) {
      const count = 1 + random.integer(12);
      const a = randomLabels(random, count, 1 + random.integer(count));
      const b = randomLabels(random, count, 1 + random.integer(count));
      const value = measure(a, b);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
      expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('symmetry', () => {
  it.each(Object.entries(symmetric))('%s is symmetric', (_name, measure) => {
    const random = new Random(42);
    const a = randomLabels(random, 200, 5);
    const b = a.map((label) => (random.integer(2) === 0 ? label : random.integer(7)));
    expect(measure(a, b)).toBeCloseTo(measure(b, a), 13);
    expect(measure(classes, clusters)).toBeCloseTo(measure(clusters, classes), 14);
  });

  it('homogeneity and completeness trade places', () => {
    expect(homogeneity(classes, clusters)).toBe(completeness(clusters, classes));
    expect(homogeneity(classes, clusters)).not.toBeCloseTo(completeness(classes, clusters), 2);
  });
});

describe('homogeneity, completeness and V-measure', () => {
  it('tell pure clusters from complete classes', () => {
    const split = [0, 0, 0, 1, 2, 2];
    expect(homogeneity(classes, split)).toBe(1);
    expect(completeness(classes, split)).toBeCloseTo(0.69, 2);
    expect(vMeasure(classes, split)).toBeCloseTo(0.81, 2);
    const three = [0, 0, 1, 1, 2, 2];
    const merged = [0, 0, 1, 1, 1, 1];
    expect(homogeneity(three, merged)).toBeCloseTo(0.58, 2);
    expect(completeness(three, merged)).toBe(1);
    expect(vMeasure(three, merged)).toBeCloseTo(0.73, 2);
  });

  it('weigh by beta as (1 + beta) h c / (beta h + c)', () => {
    const h = homogeneity(classes, clusters);
    const c = completeness(classes, clusters);
    for (const beta of [0, 0.2, 1, 5]) {
      const expected = ((1 + beta) * h * c) / (beta * h + c);
      expect(vMeasure(classes, clusters, { beta })).toBeCloseTo(expected, 14);
    }
    expect(vMeasure(classes, clusters, { beta: 0 })).toBeCloseTo(h, 14);
  });

  it('equal the arithmetic NMI at beta 1', () => {
    const random = new Random(52);
    for (let round = 0; round < 20; round++) {
      const a = randomLabels(random, 100, 6);
      const b = randomLabels(random, 100, 9);
      expect(vMeasure(a, b)).toBeCloseTo(normalizedMutualInformation(a, b), 13);
    }
  });

  it('reject a beta that is negative or not finite', () => {
    for (const beta of [-1, NaN, Infinity]) {
      expect(() => vMeasure(classes, clusters, { beta })).toThrow(InvalidArgumentError);
    }
  });
});

describe('mutual information', () => {
  it('is 0 when a partition is constant, and so are its normalized forms', () => {
    for (const count of [2, 3, 10, 100, 1000, 10_000]) {
      const constant = new Uint8Array(count);
      const distinct = Uint32Array.from({ length: count }, (_, i) => i);
      expect(mutualInformation(constant, distinct)).toBe(0);
      expect(vMeasure(constant, distinct)).toBe(0);
      expect(expectedMutualInformation(constant, distinct)).toBeCloseTo(0, 12);
      for (const measure of Object.values(averaged)) {
        expect(measure(constant, distinct)).toBe(0);
        expect(measure(distinct, constant)).toBe(0);
      }
    }
  });

  it('of independent partitions is exactly 0, not rounding', () => {
    const a = Array.from({ length: 63 }, (_, i) => i % 7);
    const b = Array.from({ length: 63 }, (_, i) => Math.floor(i / 7));
    expect(mutualInformation(a, b)).toBe(0);
    expect(normalizedMutualInformation(a, b, { average: 'geometric' })).toBe(0);
  });

  it('adjusted for chance is 0 when every point is its own cluster: every random partition scores the same', () => {
    for (const average of AVERAGES) {
      expect(adjustedMutualInformation([0, 0, 1, 1, 2], [0, 1, 2, 3, 4], { average })).toBe(0);
    }
  });

  it('orders its normalized forms max <= arithmetic <= geometric <= min, below 1 for an imperfect match', () => {
    const random = new Random(49);
    for (let round = 0; round < 20; round++) {
      const a = randomLabels(random, 469, 2 + random.integer(9));
      const b = a.map((label) => (random.integer(10) < 8 ? label : random.integer(12)));
      const [arithmetic, geometric, min, max] = AVERAGES.map((average) =>
        normalizedMutualInformation(a, b, { average }),
      );
      expect(max).toBeGreaterThanOrEqual(0);
      expect(arithmetic).toBeGreaterThanOrEqual(max - 1e-15);
      expect(geometric).toBeGreaterThanOrEqual(arithmetic - 1e-15);
      expect(min).toBeGreaterThanOrEqual(geometric - 1e-15);
      expect(min).toBeLessThan(1);
    }
  });

  it('rejects an unknown average, also where the result would not need it', () => {
    const average = 'harmonic' as EntropyAverage;
    expect(() => normalizedMutualInformation([0], [0], { average })).toThrow(InvalidArgumentError);
    expect(() => adjustedMutualInformation([0], [0], { average })).toThrow(InvalidArgumentError);
  });
});

describe('expected mutual information', () => {
  it('equals the mean over every permutation of the points', () => {
    const a = [0, 0, 0, 1, 1, 2, 2];
    const dealings = permutations([0, 0, 0, 0, 1, 1, 2]);
    let sum = 0;
    for (const b of dealings) sum += mutualInformation(a, b);
    expect(expectedMutualInformation(a, dealings[0])).toBeCloseTo(sum / dealings.length, 12);
  });

  it('of the seventeen-point example is .15042, and its AMI of 110 copies about .38', () => {
    const a = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3];
    const b = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2];
    expect(mutualInformation(a, b)).toBeCloseTo(0.41022, 5);
    expect(expectedMutualInformation(a, b)).toBeCloseTo(0.15042, 5);
    expect(adjustedMutualInformation(a, b)).toBeCloseTo(0.27821, 5);
    const copies = (labels: number[]): number[] => Array.from({ length: 110 }, () => labels).flat();
    expect(adjustedMutualInformation(copies(a), copies(b))).toBeCloseTo(0.38, 2);
  });

  it('does not overflow on a cell of 70,000', () => {
    expect(expectedMutualInformation.fromContingency(contingencyFromCounts([[70_000]]))).toBeLessThanOrEqual(
      1,
    );
  });
});

describe('pairs of points', () => {
  it('equal a count of every pair', () => {
    const random = new Random(51);
    const a = randomLabels(random, 60, 4);
    const b = randomLabels(random, 60, 6);
    const expected = [
      [0, 0],
      [0, 0],
    ];
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 60; j++) {
        if (i !== j) expected[a[i] === a[j] ? 1 : 0][b[i] === b[j] ? 1 : 0]++;
      }
    }
    expect(pairConfusionMatrix(a, b)).toEqual(expected);
  });

  it('are all apart in a dispersed labeling and all together in a single cluster', () => {
    const distinct = Uint32Array.from({ length: 100_000 }, (_, i) => i);
    const constant = new Uint8Array(100_000);
    const every = 100_000 * 99_999;
    expect(pairConfusionMatrix(distinct, distinct)).toEqual([
      [every, 0],
      [0, 0],
    ]);
    expect(pairConfusionMatrix(constant, constant)).toEqual([
      [0, 0],
      [0, every],
    ]);
  });

  it('agree by chance only: random labels have an adjusted Rand index within .03', () => {
    const random = new Random(47);
    for (const groups of [2, 10, 50, 90]) {
      for (let round = 0; round < 10; round++) {
        const a = randomLabels(random, 100, groups);
        const b = randomLabels(random, 100, groups);
        expect(Math.abs(adjustedRandIndex(a, b))).toBeLessThanOrEqual(0.03);
      }
    }
  });
});

describe('accuracy and purity', () => {
  it('equal brute force over the matchings, and the accuracy never exceeds the purity', () => {
    const random = new Random(55);
    for (const groups of [2, 3, 4, 5, 6]) {
      const a = randomLabels(random, 80, groups);
      const b = a.map((label) =>
        random.integer(2) === 0 ? (label * 5 + 1) % groups : random.integer(groups),
      );
      const matchings = permutations(Array.from({ length: groups }, (_, i) => i));
      const best = Math.max(
        ...matchings.map((clusterOf) => a.filter((label, i) => clusterOf[label] === b[i]).length),
      );
      expect(clusteringAccuracy(a, b)).toBe(best / 80);
      expect(clusteringAccuracy(a, b)).toBeLessThanOrEqual(purity(a, b));
    }
  });

  it('differ where clusters outnumber classes: a second cluster of a class is pure but not matched', () => {
    expect(clusteringAccuracy(classes, [0, 0, 3, 1, 1, 1])).toBe(5 / 6);
    expect(purity(classes, [0, 0, 3, 1, 1, 1])).toBe(1);
    expect(clusteringAccuracy([0, 0, 3, 1, 1, 1], classes)).toBe(5 / 6);
  });
});
