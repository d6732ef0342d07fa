import { createReferenceEngine, matrix, Random } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { findComponents } from '../graph/components.ts';
import { fuzzyUnion } from '../graph/fuzzy-graph.ts';
import { findNearest } from '../graph/nearest.ts';
import type { UmapInit } from '../umap/types.ts';
import { startingPositions } from './starting-positions.ts';

const ROWS = 60;
const NEIGHBORS = 6;
const engine = createReferenceEngine();
const { points } = blobs(ROWS, 3, 1, 5);
const found = await findNearest(points, undefined, { engine, neighbors: NEIGHBORS });
const graph = fuzzyUnion(found.indices, found.distances.map(Math.fround).fill(0.5), NEIGHBORS);
const start = (init: UmapInit, dimensions: number, seed = 1, of = points) =>
  startingPositions(of, graph, {
    init,
    components: findComponents(graph),
    dimensions,
    engine,
    random: new Random(seed),
  });

/** Least and greatest of a column. */
function range(positions: Float32Array, dimensions: number, column: number): [number, number] {
  const values = positions.filter((_, at) => at % dimensions === column);
  return [Math.min(...values), Math.max(...values)];
}

describe.each(['spectral', 'pca', 'random'] as const)('a start that is %s', (init) => {
  it('fills the box, and is the same for the same seed', async () => {
    const positions = await start(init, 2);
    expect(positions).toHaveLength(2 * ROWS);
    for (const column of [0, 1]) {
      const [low, high] = range(positions, 2, column);
      expect(low).toBeGreaterThan(-0.01);
      expect(low).toBeLessThan(1);
      expect(high).toBeGreaterThan(9);
      expect(high).toBeLessThan(10.01);
    }
    expect(await start(init, 2)).toEqual(positions);
    expect(await start(init, 2, 2)).not.toEqual(positions);
  });

  it('separates all points, in more dimensions than the points have', async () => {
    const positions = await start(init, 5);
    const places = new Set<string>();
    for (let i = 0; i < ROWS; i++) places.add(positions.subarray(5 * i, 5 * i + 5).join());
    expect(places.size).toBe(ROWS);
    expect(positions.every(Number.isFinite)).toBe(true);
  });
});

it('principal components of equal points are noise, not NaN', async () => {
  const positions = await start('pca', 2, 1, matrix(new Float32Array(3 * ROWS).fill(4), ROWS, 3));
  for (const column of [0, 1]) {
    const [low, high] = range(positions, 2, column);
    expect(high - low).toBeGreaterThan(0);
    expect(high - low).toBeLessThan(0.01);
  }
});
