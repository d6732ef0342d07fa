import { atOnce } from '@shoal/core/engine-kit';
import { expect, it } from 'vitest';
import type { CoarseGraph } from './coarse-graph.ts';
import { mergePieces } from './merge-pieces.ts';
import { Partition, weigh } from './partition.ts';

/** Points on a line in one piece each, linked to the ones beside them. */
function line(places: readonly number[], linked: (a: number, b: number) => number): CoarseGraph {
  const { length: pieces } = places;
  const mean = places.reduce((sum, place) => sum + place, 0) / pieces;
  const inertia = places.reduce((sum, place) => sum + (place - mean) ** 2, 0);
  const table = (value: (a: number, b: number) => number) =>
    Float64Array.from({ length: pieces * pieces }, (_, at) => value(Math.floor(at / pieces), at % pieces));
  const links = table((a, b) => (Math.abs(a - b) === 1 ? linked(a, b) : 0));
  const weight = links.reduce((sum, link) => sum + link, 0);
  return {
    pieces,
    sizes: new Float64Array(pieces).fill(1 / pieces),
    links: links.map((link) => link / weight),
    products: table((a, b) => ((places[a] - mean) * (places[b] - mean)) / pieces / inertia),
  };
}

it('merges linked and near pieces of any sizes', () => {
  const graph = line([0, 1, 2, 3, 4, 5, 30, 31, 60], (a, b) => (Math.max(a, b) < 6 ? 1 : 0.01));
  expect([...atOnce(mergePieces(graph, 3, { balance: 0.02, compactness: 0.2 }))]).toEqual([
    0, 0, 0, 0, 0, 0, 1, 1, 2,
  ]);
});

it('chooses at every step the union of least value', () => {
  const graph = line([0, 2, 3, 7, 8, 20, 26, 27], (a, b) => 1 + ((a * b) % 5));
  const weights = { balance: 0.3, compactness: 0.5 };
  for (let clusters = graph.pieces - 1; clusters > 0; clusters--) {
    const before = atOnce(mergePieces(graph, clusters + 1, weights));
    // All unions of two clusters, each measured by itself.
    const values = Array.from({ length: clusters + 1 }, (_, a) =>
      Array.from({ length: a }, (__, b) =>
        valueOf(
          graph,
          before.map((own) => (own === a ? b : own)),
          weights,
        ),
      ),
    ).flat();
    expect(valueOf(graph, atOnce(mergePieces(graph, clusters, weights)), weights)).toBeCloseTo(
      Math.min(...values),
      12,
    );
  }
});

function valueOf(graph: CoarseGraph, clusterOf: Uint32Array, weights: Parameters<typeof weigh>[1]): number {
  return weigh(new Partition(graph, graph.pieces, clusterOf).measures(), weights);
}
