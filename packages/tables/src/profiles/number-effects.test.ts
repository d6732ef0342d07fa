import { describe, expect, it } from 'vitest';
import fixture from '../../test/fixtures/profiles.json' with { type: 'json' };
import { groupRows } from './groups.ts';
import { numberEffects } from './number-effects.ts';
import { sampleOf } from './sample.ts';

function effectsOf(values: ArrayLike<number>, labels: readonly number[], clusters: number) {
  const groups = groupRows(labels, clusters, labels.length);
  return numberEffects(values, groups, sampleOf(groups, 0), undefined);
}

describe('numberEffects', () => {
  it('are those of NumPy and SciPy', async () => {
    const { labels, values, clusters } = fixture.numbers;
    const found = await effectsOf(Float64Array.from(values), labels, 3);
    for (const [cluster, expected] of clusters.entries()) {
      expect(found.effects[cluster]).toBeCloseTo(expected.effect, 12);
      expect(found.chances[cluster]() / expected.chance).toBeCloseTo(1, 10);
      expect(found.quartiles[cluster]?.lower).toBeCloseTo(expected.lower, 10);
      expect(found.quartiles[cluster]?.median).toBeCloseTo(expected.median, 10);
      expect(found.quartiles[cluster]?.upper).toBeCloseTo(expected.upper, 10);
      expect(found.others[cluster]).toBeCloseTo(expected.others, 10);
    }
  });

  it('keep their digits far from 0', async () => {
    const { labels, values, clusters } = fixture.numbers;
    const far = Float64Array.from(values, (value) => value + 1.6e12);
    const found = await effectsOf(far, labels, 3);
    for (const [cluster, { effect }] of clusters.entries())
      expect(found.effects[cluster]).toBeCloseTo(effect, 3);
  });

  it('are hardly moved by an outlier', async () => {
    const labels = Array.from({ length: 40 }, (_, i) => i % 2);
    const values = Float64Array.from(labels, (label, i) => label * 10 + (i % 5));
    const before = await effectsOf(values, labels, 2);
    values[0] = 1e12;
    const after = await effectsOf(values, labels, 2);
    expect(before.effects[1]).toBeGreaterThan(1.9);
    expect(after.effects[1]).toBeGreaterThan(1);
  });

  it('count infinite values as missing, and find nothing in equal or missing values', async () => {
    const labels = [0, 0, 1, 1];
    const found = await effectsOf(Float64Array.of(1, Infinity, NaN, 3), labels, 2);
    expect(found.missing).toBe(2);
    expect([...found.missingByCluster]).toEqual([1, 1, 0]);
    expect([...(await effectsOf(Int32Array.of(7, 7, 7, 7), labels, 2)).effects]).toEqual([0, 0]);
    const none = await effectsOf(new Float64Array(4).fill(NaN), labels, 2);
    expect(none.overall).toBeUndefined();
    expect([...none.effects]).toEqual([0, 0]);
  });

  it('finds values that few rows have among many equal ones', async () => {
    const labels = Array.from({ length: 1000 }, (_, i) => (i < 30 ? 1 : 0));
    const found = await effectsOf(Float64Array.from(labels), labels, 2);
    // The only difference there is: (1 - 0) / sqrt(0.03 * 0.97).
    expect(found.effects[1]).toBeCloseTo(1 / Math.sqrt(0.03 * 0.97), 10);
  });
});
