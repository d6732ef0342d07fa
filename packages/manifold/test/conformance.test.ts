import { createReferenceEngine, DataError, matrix } from '@shoal/core';
import { expect, it } from 'vitest';
import { fuzzyUnion } from '../src/graph/fuzzy-graph.ts';
import { memberships } from '../src/graph/memberships.ts';
import { findNearest } from '../src/graph/nearest.ts';
import { similarityCurve } from '../src/layout/similarity-curve.ts';
import { trustworthiness } from '../src/metrics/trustworthiness.ts';
import { digitCodes, digits, umapLearn } from './umap-learn.ts';

/** Their first two columns. */
const planar = matrix(
  digitCodes.data.filter((_, at) => at % 3 < 2),
  digitCodes.rows,
  2,
);

it('the fuzzy graph is that of umap-learn', async () => {
  const effective = umapLearn.neighbors;
  const neighbors = effective - 1;
  const found = await findNearest(digits, undefined, { engine: createReferenceEngine(), neighbors });
  const members = memberships(found.distances, { neighbors, effective, connectNearest: true });
  const { offsets, targets, weights } = fuzzyUnion(found.indices, members, neighbors);
  expect([...offsets]).toEqual(umapLearn.graph.offsets);
  expect([...targets]).toEqual(umapLearn.graph.targets);
  umapLearn.graph.weights.forEach((weight, edge) => {
    expect(Math.abs(weights[edge] - weight), `edge ${edge}`).toBeLessThan(1e-4);
  });
});

it.each(umapLearn.curves)(
  'the curve of minDist %d and spread %d is that of umap-learn',
  (low, spread, a, b) => {
    const curve = similarityCurve(low, spread);
    expect(curve.a).toBeCloseTo(a, 3);
    expect(curve.b).toBeCloseTo(b, 3);
  },
);

it.each(Object.entries(umapLearn.trustworthinessOfCodes))(
  'trustworthiness for %s neighbors is that of scikit-learn',
  async (neighbors, expected) => {
    const found = await trustworthiness(digitCodes, planar, { neighbors: Number(neighbors) });
    expect(found).toBeCloseTo(expected, 9);
  },
);

it('trustworthiness of a sample is near that of all, and of the points themselves is 1', async () => {
  const all = umapLearn.trustworthinessOfCodes['5'];
  const sampled = await trustworthiness(digitCodes, planar, { sampleSize: 200, seed: 1 });
  expect(Math.abs(sampled - all)).toBeLessThan(0.02);
  expect(sampled).not.toBe(all);
  expect(await trustworthiness(digits, digits)).toBe(1);
});

it('trustworthiness is refused of what has none', async () => {
  const few = matrix(new Float32Array(6), 6, 1);
  await expect(trustworthiness(few, few, { neighbors: 3 })).rejects.toThrow(/half of the points, 3; got 3/);
  await expect(trustworthiness(few, digitCodes)).rejects.toThrow(/as many rows/);
  await expect(trustworthiness(few, few, { neighbors: 0 })).rejects.toThrow(/neighbors/);
  const sound = matrix(Float32Array.of(0, 1, 2, 3, 4, 5), 6, 1);
  for (const value of [NaN, Infinity]) {
    const broken = matrix(Float32Array.of(0, value, 2, 3, 4, 5), 6, 1);
    await expect(trustworthiness(broken, sound, { neighbors: 2 })).rejects.toThrow(DataError);
    await expect(trustworthiness(sound, broken, { neighbors: 2 })).rejects.toThrow(DataError);
  }
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(trustworthiness(digits, digitCodes, { signal })).rejects.toThrow('enough');
});
