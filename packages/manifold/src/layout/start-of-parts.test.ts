import { createReferenceEngine, matrix, Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { findComponents } from '../graph/components.ts';
import { fuzzyUnion } from '../graph/fuzzy-graph.ts';
import { findNearest } from '../graph/nearest.ts';
import { startOfParts } from './start-of-parts.ts';

const engine = createReferenceEngine();
const SIZE = 20;

/** Heaps around a circle, and the start of a layout of their graph in two dimensions. */
async function startOfHeaps(heaps: number) {
  const random = new Random(4);
  const data = Float64Array.from({ length: 2 * SIZE * heaps }, (_, at) => {
    const angle = (2 * Math.PI * (Math.floor(at / 2) % heaps)) / heaps;
    return 50 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + random.normal();
  });
  const points = matrix(data, SIZE * heaps, 2);
  const { indices } = await findNearest(points, undefined, { engine, neighbors: 5 });
  const graph = fuzzyUnion(indices, new Float32Array(indices.length).fill(0.5), 5);
  const components = findComponents(graph);
  expect(components.count).toBe(heaps);
  const start = await startOfParts(points, graph, components, { dimensions: 2, engine, random });
  const rowsOf = (heap: number) => Array.from({ length: SIZE }, (_, i) => i * heaps + heap);
  const middles = Array.from({ length: heaps }, (_, heap) =>
    [0, 1].map((c) => rowsOf(heap).reduce((sum, row) => sum + start[2 * row + c] / SIZE, 0)),
  );
  const radii = middles.map((middle, heap) =>
    Math.max(
      ...rowsOf(heap).map((row) => Math.hypot(start[2 * row] - middle[0], start[2 * row + 1] - middle[1])),
    ),
  );
  const between = (a: number, b: number) =>
    Math.hypot(middles[a][0] - middles[b][0], middles[a][1] - middles[b][1]);
  return { between, radii };
}

describe('a start in parts', () => {
  it.each([2, 3, 4, 12])('gives %i parts a region each', async (heaps) => {
    const { between, radii } = await startOfHeaps(heaps);
    for (let a = 0; a < heaps; a++) {
      expect(radii[a]).toBeGreaterThan(0);
      for (let b = 0; b < a; b++) expect(between(a, b)).toBeGreaterThan(0.5 * (radii[a] + radii[b]));
    }
  });

  it('puts many parts where their mean points are', async () => {
    const { between } = await startOfHeaps(12);
    for (let heap = 0; heap < 12; heap++) {
      expect(between(heap, (heap + 1) % 12), `heap ${heap}`).toBeLessThan(between(heap, (heap + 3) % 12));
      expect(between(heap, (heap + 3) % 12), `heap ${heap}`).toBeLessThan(between(heap, (heap + 6) % 12));
    }
  });
});
