import { createReferenceEngine, DataError, matrix, Random } from '@shoal/core';
import { expect, it } from 'vitest';
import { findComponents } from '../src/graph/components.ts';
import { fuzzyUnion } from '../src/graph/fuzzy-graph.ts';
import { memberships } from '../src/graph/memberships.ts';
import { findNearest } from '../src/graph/nearest.ts';
import { similarityCurve } from '../src/layout/similarity-curve.ts';
import { spectralStart } from '../src/layout/spectral-start.ts';
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

it('memberships are those of umap-learn, of points in one place and of ties too', () => {
  const { neighbors: effective, neighborhoods } = umapLearn;
  const distances = Float32Array.from(neighborhoods.distances);
  const others = distances.filter((_, at) => at % effective > 0);
  const neighbors = effective - 1;
  const members = memberships(others, { neighbors, effective, connectNearest: true });
  members.forEach((membership, at) => {
    const row = Math.floor(at / neighbors);
    const beyond = Math.max(0, others[at] - neighborhoods.rhos[row]);
    const expected = Math.exp(-beyond / neighborhoods.sigmas[row]);
    expect(Math.abs(membership - expected), `neighbor ${at % neighbors} of row ${row}`).toBeLessThan(1e-4);
  });
});

it('the spectral start spans the same plane as that of umap-learn', async () => {
  const { offsets, targets, weights } = umapLearn.graph;
  const graph = {
    offsets: Uint32Array.from(offsets),
    targets: Uint32Array.from(targets),
    weights: Float32Array.from(weights),
  };
  expect(findComponents(graph).count).toBe(1);
  const start = await spectralStart(graph, { dimensions: 2, random: new Random(1) });
  const dot = (ours: number, theirs: number): number => {
    let sum = 0;
    for (let at = 0; at < start.length; at += 2) sum += start[at + ours] * umapLearn.spectral[at + theirs];
    return sum;
  };
  for (const ours of [0, 1]) {
    expect(Math.hypot(dot(ours, 0), dot(ours, 1)), `column ${ours}`).toBeGreaterThan(0.999);
  }
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

it('trustworthiness is refused for points without it', async () => {
  const few = matrix(new Float32Array(6), 6, 1);
  await expect(trustworthiness(few, few, { neighbors: 3 })).rejects.toThrow(/half of the points, 3; got 3/);
  await expect(trustworthiness(few, digitCodes)).rejects.toThrow(/must have 6 rows/);
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
