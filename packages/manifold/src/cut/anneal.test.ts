import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { anneal } from './anneal.ts';
import type { CoarseGraph } from './coarse-graph.ts';
import { Partition, weigh } from './partition.ts';

const PIECES = 8;
const CLUSTERS = 3;
const WEIGHTS = { balance: 0.3, compactness: 0.5 };

/** Random links, sizes and moments. */
function randomGraph(random: Random): CoarseGraph {
  const sizes = Float64Array.from({ length: PIECES }, () => 0.5 + random.uniform());
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const links = new Float64Array(PIECES * PIECES);
  for (let a = 0; a < PIECES; a++) {
    for (let b = 0; b <= a; b++) links[a * PIECES + b] = links[b * PIECES + a] = random.uniform() ** 4;
  }
  const weight = links.reduce((sum, link) => sum + link, 0);
  const moments = Array.from({ length: PIECES }, () => [random.normal(), random.normal()]);
  const products = Float64Array.from({ length: PIECES * PIECES }, (_, at) => {
    const [a, b] = [moments[Math.floor(at / PIECES)], moments[at % PIECES]];
    return (a[0] * b[0] + a[1] * b[1]) / 100;
  });
  return {
    pieces: PIECES,
    sizes: sizes.map((size) => size / all),
    links: links.map((link) => link / weight),
    products,
  };
}

/** The least value of all partitions. */
function leastValue(graph: CoarseGraph): number {
  const partition = new Partition(graph, CLUSTERS, new Random(0));
  let least = Infinity;
  for (let code = 0; code < CLUSTERS ** PIECES; code++) {
    for (let piece = 0, rest = code; piece < PIECES; piece++, rest = Math.floor(rest / CLUSTERS)) {
      partition.move(piece, rest % CLUSTERS);
    }
    least = Math.min(least, weigh(partition.measures(), WEIGHTS));
  }
  return least;
}

describe('anneal', () => {
  const options = { ...WEIGHTS, clusters: CLUSTERS, sweeps: 1000 };

  it('finds the least possible value of small problems', async () => {
    const random = new Random(1);
    for (let problem = 0; problem < 5; problem++) {
      const graph = randomGraph(random);
      const { value, history, measures } = await anneal(graph, { ...options, random });
      expect(value).toBeCloseTo(leastValue(graph), 9);
      expect(value).toBeCloseTo(weigh(measures, WEIGHTS), 12);
      expect(history).toHaveLength(100);
      expect(history[99]).toBe(value);
      // It starts hot, with a value far from the last one.
      expect(history[0]).toBeGreaterThan(value);
    }
  });

  it('is the same for the same seed, reports progress, and stops when it is aborted', async () => {
    const graph = randomGraph(new Random(2));
    const told: number[] = [];
    const onSweeps = (sweeps: number) => told.push(sweeps);
    const once = await anneal(graph, { ...options, sweeps: 30, random: new Random(5), onSweeps });
    expect(await anneal(graph, { ...options, sweeps: 30, random: new Random(5) })).toEqual(once);
    expect(told.at(-1)).toBe(30);
    expect(once.history).toHaveLength(30);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(anneal(graph, { ...options, random: new Random(5), signal })).rejects.toThrow('enough');
  });
});
